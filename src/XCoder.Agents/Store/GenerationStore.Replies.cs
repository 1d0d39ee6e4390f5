using Dapper;

namespace XCoder.Agents.Store;

/// <content>Recorded replies; <see cref="ReplyStore"/> writes them.</content>
public sealed partial class GenerationStore
{
    /// <summary>Forgets every reply to a request that held text of a repository.</summary>
    /// <returns>How many.</returns>
    public int ForgetReplies(string repository) => Write(() =>
        _connection.Execute("delete from request where id in (select request_id from request_repository where repository = @repository)", new { repository }));

    /// <summary>What the recorded replies of a run took.</summary>
    public ReplyUsage UsageOf(long run) => Guard(() => _connection.QuerySingle<ReplyUsage>("""
        select count(*) as Requests, coalesce(sum(prompt_tokens), 0) as PromptTokens, coalesce(sum(completion_tokens), 0) as CompletionTokens
        from request where run_id = @run
        """, new { run }));
}
