using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Analysis.Model;
using XCoder.Analysis.Semantic;
using XCoder.Analysis.Store;
using XCoder.Analysis.TextSearch;

namespace XCoder.Analysis;

public sealed partial class Workspace
{
    /// <summary>Opens what questions in words need, for several of them. Dispose it before the workspace is used otherwise.</summary>
    /// <exception cref="StoreException">The store cannot be used, or nothing is indexed.</exception>
    /// <exception cref="EmbeddingException">The model cannot be used.</exception>
    public QuestionSession OpenQuestions() => new(this, null);

    /// <summary>Opens what questions need, for a server: snippets without a vector are not embedded, but ranked by their words.</summary>
    /// <param name="model">The model that embedded the others; the caller disposes it.</param>
    internal QuestionSession OpenQuestions(IEmbeddingModel model) => new(this, model);

    /// <summary>
    /// Answers questions in words. What was opened is kept from one question to the next, and follows changes of the store. Not
    /// thread-safe.
    /// </summary>
    public sealed class QuestionSession : IDisposable
    {
        private readonly Workspace _workspace;
        private readonly SnippetStore _store;
        private readonly IEmbeddingModel _model;
        private readonly bool _ownsModel;
        private WordStore? _words;

        internal QuestionSession(Workspace workspace, IEmbeddingModel? model)
        {
            (_workspace, _ownsModel) = (workspace, model is null);
            _store = workspace.OpenStore();
            try
            {
                _model = model ?? workspace.OpenModel();
            }
            catch
            {
                _store.Dispose();
                throw;
            }
        }

        /// <summary>
        /// Finds the snippets that answer a question, the best first. Snippets without a vector are embedded first, and new ones added to
        /// the index of words.
        /// </summary>
        /// <param name="question">A question, or words, in natural language; names of code are split into their words.</param>
        /// <param name="options">Number and language of the results.</param>
        /// <param name="repository">Name of a repository; null searches all.</param>
        /// <param name="cancellation">Cancels the search.</param>
        /// <exception cref="RequestException">The repository or language does not exist.</exception>
        /// <exception cref="StoreException">The store cannot be used.</exception>
        /// <exception cref="EmbeddingException">The model failed.</exception>
        public IReadOnlyList<(Snippet Snippet, Neighbour Neighbour)> Find(string question, NeighbourOptions options,
            string? repository = null, CancellationToken cancellation = default)
        {
            options.Validate();
            _workspace.Select(_store, repository, options.Language);
            try
            {
                return FindOnce(question, options, repository, cancellation);
            }
            catch (StoreException exception) when (WordStore.IsDamage(exception))
            {
                using (HoldToWrite(cancellation))
                {
                    Renew(keepsWords: false);
                }

                return FindOnce(question, options, repository, cancellation);
            }
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            _words?.Dispose();
            _store.Dispose();
            if (_ownsModel)
            {
                _model.Dispose();
            }
        }

        private IReadOnlyList<(Snippet, Neighbour)> FindOnce(string question, NeighbourOptions options, string? repository,
            CancellationToken cancellation)
        {
            while (true)
            {
                using (_ownsModel ? _workspace.Embedded(_store, _model, cancellation) : _store.Snapshot())
                {
                    _words ??= WordStore.Find(_workspace.Existing());
                    if (_words?.IsCurrent(_store) == true)
                    {
                        var found = WordSearch.Find(question, _store, _words, _model, options, repository);
                        return [.. Described(_store, [(null, found)]).SelectMany(static item => item.Neighbours)];
                    }
                }

                using var hold = HoldToWrite(cancellation);
                if (_words is null || (hold is null && !_words.IsInMemory))
                {
                    Renew(keepsWords: true);
                }

                using var snapshot = _store.Snapshot();
                _words!.Update(_store, _workspace.Options.Threads, _workspace.Options.Progress, cancellation);
            }
        }

        // Null for a workspace that is only read: its index is made in memory.
        private WorkspaceHold? HoldToWrite(CancellationToken cancellation) =>
            _workspace.Options.IsReadOnly ? null : _workspace.Hold(cancellation);

        // An index in memory begins with the words of the stored one; a stored one is made anew.
        private void Renew(bool keepsWords)
        {
            using var old = _words;
            _words = null;
            if (_workspace.Options.IsReadOnly)
            {
                _words = WordStore.InMemory(keepsWords ? old : null);
                return;
            }

            old?.Dispose();
            _words = WordStore.Create(_workspace.Existing());
        }
    }
}
