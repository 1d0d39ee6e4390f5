namespace XCoder.Analysis.Vectors.Lexical;

/// <summary>
/// BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009; k1 1.2, b 0.75) over bags of term
/// ids. Immutable; may be asked by several threads.
/// </summary>
internal sealed class LexicalIndex
{
    private const float K1 = 1.2f;
    private const float B = 0.75f;
    private const int MinFrequentDocuments = 64;
    private const int MaxFrequentDocuments = 2000;

    // Terms in more documents than this share are too common to find candidates by; they still count in scores.
    private const double FrequentShare = 0.02;

    private readonly int[] _starts;
    private readonly int[] _terms;
    private readonly float[] _weights;
    private readonly float[] _idf;
    private readonly int[] _postingStarts;
    private readonly int[] _postings;

    // BM25 of each document for itself.
    private readonly float[] _selves;

    private LexicalIndex(int[] starts, int[] terms, float[] weights, float[] idf, int[] postingStarts, int[] postings) =>
        (_starts, _terms, _weights, _idf, _postingStarts, _postings, _selves) =
            (starts, terms, weights, idf, postingStarts, postings, Selves(starts, weights));

    /// <summary>Number of documents.</summary>
    public int Count => _starts.Length - 1;

    /// <summary>Indexes documents given as term ids, repetitions included.</summary>
    /// <param name="documents">Term ids of each document, in any order, each in [0, <paramref name="vocabulary"/>).</param>
    /// <param name="vocabulary">Number of term ids.</param>
    public static LexicalIndex Build(IReadOnlyList<int[]> documents, int vocabulary)
    {
        var starts = new int[documents.Count + 1];
        var (terms, counts) = (new List<int>(), new List<int>());
        var frequency = new int[vocabulary];
        for (var d = 0; d < documents.Count; d++)
        {
            var sorted = (int[])documents[d].Clone();
            Array.Sort(sorted);
            for (var i = 0; i < sorted.Length; i++)
            {
                if (i > 0 && sorted[i] == sorted[i - 1])
                {
                    counts[^1]++;
                }
                else
                {
                    terms.Add(sorted[i]);
                    counts.Add(1);
                    frequency[sorted[i]]++;
                }
            }

            starts[d + 1] = terms.Count;
        }

        var idf = Array.ConvertAll(frequency, df => MathF.Log(1 + ((documents.Count - df + 0.5f) / (df + 0.5f))));
        var mean = Math.Max(1, documents.Sum(document => (double)document.Length) / Math.Max(1, documents.Count));
        var weights = new float[terms.Count];
        for (var d = 0; d < documents.Count; d++)
        {
            var norm = K1 * (1 - B + (B * (float)(documents[d].Length / mean)));
            for (var i = starts[d]; i < starts[d + 1]; i++)
            {
                weights[i] = counts[i] * (K1 + 1) / (counts[i] + norm) * idf[terms[i]];
            }
        }

        // Postings of the rarer terms alone.
        var most = Math.Clamp((int)(documents.Count * FrequentShare), MinFrequentDocuments, MaxFrequentDocuments);
        var postingStarts = new int[vocabulary + 1];
        for (var term = 0; term < vocabulary; term++)
        {
            postingStarts[term + 1] = postingStarts[term] + (frequency[term] <= most ? frequency[term] : 0);
        }

        var postings = new int[postingStarts[vocabulary]];
        var next = postingStarts.AsSpan(0, vocabulary).ToArray();
        for (var d = 0; d < documents.Count; d++)
        {
            for (var i = starts[d]; i < starts[d + 1]; i++)
            {
                if (frequency[terms[i]] <= most)
                {
                    postings[next[terms[i]]++] = d;
                }
            }
        }

        return new LexicalIndex(starts, [.. terms], weights, idf, postingStarts, postings);
    }

    /// <summary>BM25 of documents for a query.</summary>
    /// <param name="query">Distinct term ids, ascending.</param>
    /// <param name="documents">Documents to score.</param>
    /// <param name="scores">Receives a score, 0 or above, a document.</param>
    public void Score(ReadOnlySpan<int> query, ReadOnlySpan<int> documents, Span<float> scores)
    {
        for (var n = 0; n < documents.Length; n++)
        {
            var (i, end, q, sum) = (_starts[documents[n]], _starts[documents[n] + 1], 0, 0f);
            while (i < end && q < query.Length)
            {
                var order = _terms[i] - query[q];
                if (order == 0)
                {
                    sum += _weights[i];
                    i++;
                    q++;
                }
                else if (order < 0)
                {
                    i++;
                }
                else
                {
                    q++;
                }
            }

            scores[n] = sum;
        }
    }

    /// <summary>
    /// Symmetric similarity of two documents: the geometric mean of BM25 of each for the other, divided by BM25 of the
    /// other for itself. In [0, 1] for documents of like length, 1 for equal ones.
    /// </summary>
    public float Similarity(int a, int b)
    {
        var (i, endA, j, endB) = (_starts[a], _starts[a + 1], _starts[b], _starts[b + 1]);
        var (ofA, ofB) = (0f, 0f);
        while (i < endA && j < endB)
        {
            var order = _terms[i] - _terms[j];
            if (order == 0)
            {
                ofA += _weights[i];
                ofB += _weights[j];
                i++;
                j++;
            }
            else if (order < 0)
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return ofA > 0 ? MathF.Sqrt(ofA / _selves[a] * (ofB / _selves[b])) : 0;
    }

    /// <summary>
    /// Documents that share the query's rarer terms, best first by the idf they share: candidates for
    /// <see cref="Score"/>.
    /// </summary>
    /// <param name="query">Distinct term ids.</param>
    /// <param name="most">Number of candidates.</param>
    /// <param name="allowed">Which documents count, or null for all.</param>
    public List<int> Candidates(ReadOnlySpan<int> query, int most, Func<int, bool>? allowed = null)
    {
        var shared = new Dictionary<int, float>();
        foreach (var term in query)
        {
            if (term >= _idf.Length)
            {
                continue;
            }

            for (var i = _postingStarts[term]; i < _postingStarts[term + 1]; i++)
            {
                System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(shared, _postings[i], out _) += _idf[term];
            }
        }

        return [.. shared.Where(pair => allowed is null || allowed(pair.Key)).OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key)
            .Take(most).Select(pair => pair.Key)];
    }

    private static float[] Selves(int[] starts, float[] weights)
    {
        var selves = new float[starts.Length - 1];
        for (var document = 0; document < selves.Length; document++)
        {
            for (var i = starts[document]; i < starts[document + 1]; i++)
            {
                selves[document] += weights[i];
            }
        }

        return selves;
    }
}
