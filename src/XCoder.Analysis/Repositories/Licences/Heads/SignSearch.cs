namespace XCoder.Analysis.Repositories.Licences.Heads;

/// <summary>
/// Finds where any of hundreds of words stands in a text, whatever their case, in one pass: the automaton of Aho and Corasick ("Efficient
/// string matching: an aid to bibliographic search", 1975) with all its transitions in a table. Letters of ASCII only; thread-safe.
/// </summary>
internal sealed class SignSearch
{
    private readonly byte[] _classes = new byte[128];
    private readonly ushort[] _next;
    private readonly byte[] _lengths;
    private readonly int _width;

    /// <summary>Makes the automaton.</summary>
    /// <param name="signs">The words, of ASCII, shorter than 256 characters; together shorter than 2^16.</param>
    public SignSearch(IEnumerable<string> signs)
    {
        var words = signs.Select(sign => sign.ToLowerInvariant()).ToList();
        var letters = words.SelectMany(word => word).Distinct().Order().ToList();
        for (var i = 0; i < letters.Count; i++)
        {
            _classes[letters[i]] = _classes[char.ToUpperInvariant(letters[i])] = (byte)(i + 1);
        }

        _width = letters.Count + 1;
        var (states, capacity) = (1, words.Sum(word => word.Length) + 1);
        (_next, _lengths) = (new ushort[capacity * _width], new byte[capacity]);
        foreach (var word in words)
        {
            var state = 0;
            foreach (var letter in word)
            {
                ref var next = ref _next[(state * _width) + _classes[letter]];
                state = next = next == 0 ? (ushort)states++ : next;
            }

            _lengths[state] = (byte)word.Length;
        }

        Complete(states);
    }

    /// <summary>Adds the places where words begin, in the order of their ends.</summary>
    /// <param name="text">The text.</param>
    /// <param name="places">Takes them.</param>
    /// <param name="most">How many at most.</param>
    public void Find(ReadOnlySpan<char> text, List<int> places, int most)
    {
        var state = 0;
        for (var i = 0; i < text.Length; i++)
        {
            state = text[i] < 128 ? _next[(state * _width) + _classes[text[i]]] : 0;
            if (_lengths[state] > 0)
            {
                places.Add(i + 1 - _lengths[state]);
                if (places.Count == most)
                {
                    return;
                }
            }
        }
    }

    /// <summary>Whether a text holds one of the words.</summary>
    public bool IsIn(ReadOnlySpan<char> text)
    {
        var state = 0;
        foreach (var letter in text)
        {
            state = letter < 128 ? _next[(state * _width) + _classes[letter]] : 0;
            if (_lengths[state] > 0)
            {
                return true;
            }
        }

        return false;
    }

    // Level by level: where a word does not go on, the longest of its endings that begins another one does.
    private void Complete(int states)
    {
        var (failures, queue) = (new ushort[states], new Queue<int>());
        for (var letter = 0; letter < _width; letter++)
        {
            if (_next[letter] != 0)
            {
                queue.Enqueue(_next[letter]);
            }
        }

        while (queue.TryDequeue(out var state))
        {
            var failure = failures[state];
            _lengths[state] = _lengths[state] == 0 ? _lengths[failure] : _lengths[state];
            for (var letter = 0; letter < _width; letter++)
            {
                ref var next = ref _next[(state * _width) + letter];
                var other = _next[(failure * _width) + letter];
                if (next == 0)
                {
                    next = other;
                }
                else
                {
                    failures[next] = other;
                    queue.Enqueue(next);
                }
            }
        }
    }
}
