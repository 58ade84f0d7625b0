package dev.sessionrelay.plan;

import dev.sessionrelay.failure.ExitCode;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.github.GitHub;
import dev.sessionrelay.github.Named;
import dev.sessionrelay.github.Permission;
import dev.sessionrelay.github.Refused;
import dev.sessionrelay.github.RepositoryName;
import dev.sessionrelay.github.UnknownOutcome;
import dev.sessionrelay.http.Backoff;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;

/**
 * The plans in a repository's issues and pull requests. GitHub replaces the whole text of an issue, and knows no
 * condition for it. So an update changes the text as it is at this moment, and looks again a while later, when whoever
 * had read the text before has written it: if the change is gone, it is made once more, on top of what is there now.
 */
public final class Plans {
    private static final int TRIES = 8;

    private final GitHub github;
    private final RepositoryName repository;
    private final Duration shortestLook;

    public Plans(GitHub github, RepositoryName repository) {
        this(github, repository, Duration.ofMillis(400));
    }

    /** @param shortestLook how long after a change it is looked for, at least */
    Plans(GitHub github, RepositoryName repository, Duration shortestLook) {
        this.github = github;
        this.repository = repository;
        this.shortestLook = shortestLook;
    }

    public enum HeaderUpdate {
        UPDATED,
        /** The same, and the header named its session in the other of the two forms before. */
        CHANGED_FORM,
        /** The header said so already. */
        SAME,
        /** The header names a session that was saved later. */
        OVERTAKEN
    }

    /** What a header is to say, and when it need not any more. */
    record HeaderChange(Map<String, String> fields, List<String> without, Predicate<PlanBody> isOvertaken) {
        static HeaderChange to(LastSession session) {
            return new HeaderChange(
                    session.fields(),
                    session.excluded(),
                    body -> body.lastSession()
                            .filter(other -> other.isNewerThan(session))
                            .isPresent());
        }
    }

    public PlanBody read(int number) {
        return PlanBody.require(text(number));
    }

    /** The fields of an issue's header; none where it has no header that can be read. */
    public Fields header(int number) {
        return PlanBody.read(text(number)).map(PlanBody::fields).orElse(Fields.NONE);
    }

    /** The texts of the comments below a plan. */
    public List<String> comments(int number) {
        return github.typed()
                .ask(
                        named("read the comments of", number),
                        Permission.ISSUES_READ,
                        api -> Named.issue(api, repository, number).listComments().withPageSize(100).toList().stream()
                                .map(comment -> Objects.requireNonNullElse(comment.getBody(), ""))
                                .toList());
    }

    private String text(int number) {
        try {
            return github.typed()
                    .ask(
                            repository,
                            named("read", number),
                            Permission.ISSUES_READ,
                            there -> Objects.requireNonNullElse(
                                    there.getIssue(number).getBody(), ""));
        } catch (Refused why) {
            if (!why.isMissing()) {
                throw why;
            }
            throw new Failure(why.exitCode(), "Plan #" + number + " not found: " + why.getMessage(), why.next(), why);
        }
    }

    private String named(String doing, int number) {
        return doing + " plan #" + number + " in " + repository;
    }

    public HeaderUpdate update(int number, LastSession session) {
        return update(number, HeaderChange.to(session));
    }

    HeaderUpdate update(int number, HeaderChange change) {
        HeaderUpdate outcome = HeaderUpdate.SAME;
        Optional<UnknownOutcome> lost = Optional.empty();
        for (int tried = 0; tried < TRIES; tried++) {
            long begun = System.nanoTime();
            PlanBody body = read(number);
            if (change.isOvertaken().test(body)) {
                return HeaderUpdate.OVERTAKEN;
            }
            if (body.fields().says(change.fields(), change.without())) {
                return outcome;
            }
            try {
                write(number, body.with(change.fields(), change.without()));
            } catch (UnknownOutcome e) {
                lost = Optional.of(e);
            }
            boolean changesForm = change.without().stream().anyMatch(body.fields()::has);
            outcome = changesForm || outcome == HeaderUpdate.CHANGED_FORM
                    ? HeaderUpdate.CHANGED_FORM
                    : HeaderUpdate.UPDATED;
            waitForOthers(Duration.ofNanos(System.nanoTime() - begun));
        }
        if (lost.isPresent()) {
            throw GitHub.unclear(named("update", number), lost.get());
        }
        throw new Failure(
                ExitCode.CONFLICT,
                "plan #" + number + " in " + repository + " is written by others all the time, and their text is older",
                "run this again when they have ended");
    }

    private void write(int number, String text) throws UnknownOutcome {
        github.typed().once(named("update", number), Permission.ISSUES_WRITE, api -> {
            Named.issue(api, repository, number).setBody(text);
            return text;
        });
    }

    /** Others need about as long from reading to writing; waits that vary keep two of them from meeting again. */
    private void waitForOthers(Duration ownTime) {
        long millis = Math.max(shortestLook.toMillis(), Math.min(3000, 3 * ownTime.toMillis()));
        Backoff.sleep(Duration.ofMillis(millis + ThreadLocalRandom.current().nextLong(millis / 2 + 1)), "GitHub");
    }
}
