package dev.sessionrelay.action;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sessionrelay.action.runner.ActionContext;
import dev.sessionrelay.action.runner.Event;
import dev.sessionrelay.action.runner.StandInRunner;
import dev.sessionrelay.failure.ExitCode;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.store.Key;
import dev.sessionrelay.testing.OutsideCommand;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventKeyTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "pull_request | refs/pull/12/merge | {'pull_request':{'number':12}} | pr-12",
                "pull_request_target | refs/heads/main | {'pull_request':{'number':12}} | pr-12",
                "pull_request_review | refs/pull/12/merge | {'pull_request':{'number':12}} | pr-12",
                "pull_request_review_comment | refs/pull/12/merge | {'pull_request':{'number':12}} | pr-12",
                "issue_comment | refs/heads/main | {'issue':{'number':12,'pull_request':{'url':'u'}}} | pr-12",
                "issue_comment | refs/heads/main | {'issue':{'number':34}} | issue-34",
                "issue_comment | refs/heads/main | {'issue':{'number':34,'pull_request':null}} | issue-34",
                "issues | refs/heads/main | {'issue':{'number':34}} | issue-34",
                "discussion | refs/heads/main | {'discussion':{'number':5}} | discussion-5",
                "discussion_comment | refs/heads/main | {'discussion':{'number':5}} | discussion-5",
                "workflow_dispatch | refs/heads/main | {'inputs':{'branch':'feature/x'}} | branch-feature/x",
                "workflow_dispatch | refs/heads/main | {'inputs':{'branch':'refs/heads/y'}} | branch-y",
                "workflow_dispatch | refs/heads/main | {'inputs':{'branch':''}} | branch-main",
                "workflow_dispatch | refs/heads/main | {'inputs':null} | branch-main",
                "workflow_dispatch | refs/tags/v1 | {} | tag-v1",
                "push | refs/heads/a/b | {} | branch-a/b",
                "push | refs/tags/v1.2 | {} | tag-v1.2",
                "schedule | refs/heads/main | {'schedule':'0 0 * * *'} | branch-main",
                "repository_dispatch | refs/heads/main | {'action':'x'} | branch-main",
                "merge_group | refs/heads/gh-readonly-queue/main/pr-104-abc | {'merge_group':{'head_ref':'refs/heads/gh-readonly-queue/main/pr-104-0123abcdef'}} | pr-104",
                "merge_group | refs/heads/q | {'merge_group':{'head_ref':'refs/heads/q','base_ref':'refs/heads/main'}} | branch-main",
                "workflow_run | refs/heads/main | {'workflow_run':{'pull_requests':[{'number':9}],'head_branch':'x'}} | pr-9",
                "workflow_run | refs/heads/main | {'workflow_run':{'pull_requests':[],'head_branch':'x','head_repository':{'full_name':'octo/r'},'repository':{'full_name':'Octo/r'}}} | branch-x",
                "workflow_run | refs/heads/main | {'workflow_run':{'pull_requests':[],'head_branch':'x','head_repository':{'full_name':'octo/r'}},'repository':{'full_name':'octo/r'}} | branch-x",
                "workflow_run | refs/heads/main | {'workflow_run':{'pull_requests':[{'number':9,'base':{'repo':{'id':1}}}],'head_branch':'x','head_repository':{'full_name':'octo/r'}},'repository':{'full_name':'octo/r','id':2}} | branch-x",
                "workflow_run | refs/heads/main | {'workflow_run':{'pull_requests':[],'head_branch':'main','head_repository':{'full_name':'eve/r'},'repository':{'full_name':'octo/r'}}} | branch-eve:main",
                "check_suite | refs/heads/main | {'check_suite':{'pull_requests':[{'number':9}],'head_branch':'x'}} | pr-9",
                "check_run | refs/heads/main | {'check_run':{'check_suite':{'pull_requests':[{'number':9}],'head_branch':'x'}}} | pr-9",
                "release | refs/tags/v2 | {'release':{'tag_name':'v2'}} | tag-v2",
                "create | refs/heads/new | {'ref_type':'branch','ref':'new'} | branch-new",
                "delete | refs/heads/main | {'ref_type':'tag','ref':'v1'} | tag-v1",
                "something_new | refs/pull/8/head | {} | pr-8"
            })
    void namesTheThreadOfAnEvent(String name, String ref, String payload, String key) throws JsonProcessingException {
        assertThat(EventKey.of(event(name, ref, payload)).text()).isEqualTo(key);
    }

    /** It is the runner's, but whoever runs beside the job can lay another in its place. */
    @ParameterizedTest
    @ValueSource(strings = {"pipe", "folder", "/dev/zero", "33 MB"})
    void readsNoEventThatIsNotAFile(String kind, @TempDir Path temp) throws IOException {
        StandInRunner machine = new StandInRunner(temp);
        Path file = Path.of(machine.environment.get("GITHUB_EVENT_PATH"));
        Files.delete(file);
        switch (kind) {
            case "pipe" -> OutsideCommand.make("mkfifo", file.toString());
            case "folder" -> Files.createDirectory(file);
            case "/dev/zero" -> Files.createSymbolicLink(file, Path.of(kind));
            default -> OutsideCommand.make("truncate", "--size", "34M", file.toString());
        }
        ActionContext runner = machine.asSeen(Map.of(), new PrintStream(OutputStream.nullOutputStream(), true, UTF_8));
        assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> assertThatThrownBy(() -> Event.of(runner))
                        .isInstanceOfSatisfying(
                                Failure.class,
                                failure -> assertThat(failure.exitCode()).isNotEqualTo(ExitCode.OUR_BUG)));
    }

    @Test
    void shortensTheNameOfALongBranch() throws JsonProcessingException {
        String branch = "b".repeat(230);
        assertThat(EventKey.of(event("push", "refs/heads/" + branch, "{}")))
                .isEqualTo(Key.ofName("branch-" + branch))
                .isNotEqualTo(EventKey.of(event("push", "refs/heads/" + branch + "b", "{}")));
    }

    /** The workflow runs for the default branch, so that falling back to it would take a stranger's branch for ours. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "watch || {}",
                "workflow_run | refs/heads/main | {'workflow_run':{'pull_requests':[],'head_branch':'main'}}",
                "workflow_run | refs/heads/main | {'workflow_run':{'pull_requests':[],'head_branch':'main','head_repository':null,'repository':{'full_name':'octo/r'}}}",
                "workflow_run | refs/heads/main | {'workflow_run':{'pull_requests':[],'head_branch':null,'head_repository':{'full_name':'octo/r'},'repository':{'full_name':'octo/r'}}}",
                "workflow_run | refs/heads/main | {}",
                "check_suite | refs/heads/main | {'check_suite':{'pull_requests':[],'head_branch':'main'}}",
                "check_suite | refs/heads/main | {'check_suite':{'pull_requests':[],'head_branch':null}}",
                "check_suite | refs/heads/main | {'check_suite':{'pull_requests':[{'number':1},{'number':2}],'head_branch':'main'}}",
                "check_suite | refs/heads/main | {'check_suite':{'pull_requests':[{'number':1,'base':{'repo':{'id':1}}}]},'repository':{'id':2}}",
                "check_run | refs/heads/main | {'check_run':{'check_suite':{'pull_requests':[],'head_branch':'main'}}}",
                "check_run | refs/heads/main | {'check_run':{'check_suite':null}}",
                "status | refs/heads/main | {'branches':[{'name':'main'}]}",
                "pull_request_target | refs/heads/main | {}",
                "pull_request | refs/heads/main | {'pull_request':{'number':null}}",
                "issue_comment | refs/heads/main | {'issue':{'number':'12'}}",
                "delete | refs/heads/main | {'ref_type':'branch','ref':null}",
                "workflow_dispatch | refs/pull/12/head | {}",
                "workflow_dispatch | refs/heads/main | {'inputs':{'branch':'refs/pull/12/head'}}",
            })
    void asksForAKeyWhereTheEventProvesNothing(String name, String ref, String payload) throws JsonProcessingException {
        Event event = event(name, ref, payload);
        assertThatThrownBy(() -> EventKey.of(event))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("\"" + name + "\" proves no pull request");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "pull_request | {'pull_request':{'head':{'repo':{'full_name':'eve/r'}},'base':{'repo':{'full_name':'o/r'}}}} | true",
                "pull_request | {'pull_request':{'head':{'repo':{'full_name':'O/R'}},'base':{'repo':{'full_name':'o/r'}}}} | false",
                "pull_request | {'pull_request':{'head':{'repo':null},'base':{'repo':{'full_name':'o/r'}}}} | true",
                "pull_request_target | {'pull_request':{'head':{'repo':{'full_name':'eve/r'}},'base':{'repo':{'full_name':'o/r'}}}} | false",
                "issue_comment | {'issue':{'number':1,'pull_request':{}}} | false",
                "push | {} | false"
            })
    void knowsPullRequestsOfForks(String name, String payload, boolean isFork) throws JsonProcessingException {
        assertThat(event(name, "", payload).isPullRequestOfAFork()).isEqualTo(isFork);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'repository':{'private':true,'visibility':'private'}} | PRIVATE",
                "{'repository':{'private':true,'visibility':'internal'}} | PRIVATE",
                "{'repository':{'private':false,'visibility':'public'}} | PUBLIC",
                "{'repository':{'private':true}} | PRIVATE",
                "{'repository':{'private':false}} | PUBLIC",
                "{} | UNKNOWN"
            })
    void knowsWhoReadsTheRepository(String payload, Event.Visibility visibility) throws JsonProcessingException {
        assertThat(event("push", "", payload).visibility()).isEqualTo(visibility);
    }

    private static Event event(String name, String ref, String payload) throws JsonProcessingException {
        return new Event(name, new ObjectMapper().readTree(payload.replace('\'', '"')), ref == null ? "" : ref, "o/r");
    }
}
