package dev.sessionrelay.github.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What GitHub does with gists, shaped after recorded answers: the description says little of them. */
public final class GistRoutes {
    static final String FOLDER = "/gists";
    private static final Pattern ONE = Pattern.compile("/gists/([0-9a-f]+)");
    private static final Pattern COMMITS = Pattern.compile("/gists/([0-9a-f]+)/commits");
    private static final Pattern REVISION = Pattern.compile("/gists/([0-9a-f]+)/([0-9a-f]{40})");
    private static final Pattern RAW = Pattern.compile("/[^/]+/([0-9a-f]+)/raw/([0-9a-f]{40})/[^/]+");
    private static final Pattern GIT = Pattern.compile("/([0-9a-f]+)\\.git/git-upload-pack");
    private static final int LARGEST_RAW = 10_000_000;

    private final StandIn.Addresses at;
    private final Ledger ledger;
    private final Map<String, Gist> gists = new ConcurrentSkipListMap<>();

    GistRoutes(StandIn.Addresses at, Ledger ledger) {
        this.at = at;
        this.ledger = ledger;
    }

    public List<Gist> all() {
        return List.copyOf(gists.values());
    }

    /** As another program would. */
    public Gist create(String description, boolean isPublic, Map<String, String> files) {
        byte[] id = new byte[16];
        ThreadLocalRandom.current().nextBytes(id);
        Gist gist = new Gist(java.util.HexFormat.of().formatHex(id), "octocat", description, isPublic, files);
        gists.put(gist.id(), gist);
        return gist;
    }

    Out answer(Ask ask) {
        Matcher one = ONE.matcher(ask.path());
        Matcher commits = COMMITS.matcher(ask.path());
        Matcher revision = REVISION.matcher(ask.path());
        if (ask.path().equals(FOLDER)) {
            return ask.method().equals("POST") ? create(ask) : list(ask);
        }
        if (one.matches()) {
            return one(ask, gist(one.group(1)));
        }
        if (commits.matches()) {
            Gist gist = gist(commits.group(1));
            return Pages.of(ask, at.api() + ask.path(), gist.commits(at));
        }
        if (revision.matches()) {
            Gist gist = gist(revision.group(1));
            return Out.json(200, gist.whole(gist.revision(revision.group(2)), at));
        }
        throw Refused.missing();
    }

    Gist gist(String id) {
        Gist gist = gists.get(id);
        if (gist == null) {
            throw Refused.missing();
        }
        return gist;
    }

    /** Secret ones are shown to their owner alone. */
    private Out list(Ask ask) {
        if (ask.grant() instanceof Grant.Installation) {
            throw new Refused(403, "Resource not accessible by integration");
        }
        boolean all = switch (ask.grant()) {
            case Grant.Classic(var scopes) -> scopes.contains("gist");
            case Grant.FineGrained(var permissions) -> permissions.contains("gists: write");
            case Grant.Installation _, Grant.Nobody(), Grant.Unknown() -> false;
        };
        List<ObjectNode> shown = gists.values().stream()
                .filter(gist -> all || gist.isPublic())
                .sorted(Comparator.comparing(Gist::createdAt).reversed())
                .map(gist -> gist.listed(at))
                .toList();
        return Pages.of(ask, at.api() + FOLDER, shown);
    }

    private Out create(Ask ask) {
        ask.grant().requireGists();
        Map<String, String> files = new TreeMap<>();
        ask.json()
                .path("files")
                .properties()
                .forEach(file -> files.put(
                        file.getKey(), notBlank(file.getValue().path("content").asText())));
        if (files.isEmpty()) {
            throw Refused.invalid("Gist", "missing_field", "files");
        }
        Gist gist = create(
                ask.json().path("description").asText(),
                ask.json().path("public").asBoolean(),
                files);
        return Out.json(201, gist.whole(gist.latest(), at)).with("Location", at.api() + "/gists/" + gist.id());
    }

    private static String notBlank(String content) {
        if (content.isBlank()) {
            throw Refused.invalid("Gist", "missing_field", "files");
        }
        return content;
    }

    private Out one(Ask ask, Gist gist) {
        switch (ask.method()) {
            case "DELETE" -> {
                ask.grant().requireGists();
                gists.remove(gist.id());
                return Out.nothing(204);
            }
            case "PATCH" -> {
                ask.grant().requireGists();
                change(ask.json(), gist);
            }
            default -> {}
        }
        return Out.json(200, gist.whole(gist.latest(), at));
    }

    private static void change(JsonNode wish, Gist gist) {
        Map<String, String> files = new TreeMap<>(gist.files());
        wish.path("files").properties().forEach(file -> {
            String name = file.getKey();
            if (file.getValue().isNull()) {
                if (files.remove(name) == null) {
                    throw Refused.invalid("Gist", "missing_field", "files");
                }
                return;
            }
            String content = file.getValue().path("content").asText(files.getOrDefault(name, ""));
            files.remove(name);
            files.put(file.getValue().path("filename").asText(name), notBlank(content));
        });
        if (files.isEmpty()) {
            throw Refused.invalid("Gist", "missing_field", "files");
        }
        gist.revise(wish.path("description").asText(gist.description()), files);
    }

    /** Whether this is how git asks for a gist that is there. */
    boolean isGit(Ask ask) {
        Matcher git = GIT.matcher(ask.path());
        return git.matches() && gists.containsKey(git.group(1)) && ask.method().equals("POST");
    }

    Out git(Ask ask) {
        Matcher git = GIT.matcher(ask.path());
        if (!git.matches()) {
            throw Refused.missing();
        }
        return GistGit.answer(ask, gist(git.group(1)).history());
    }

    /** What lies on the host for files: blobs never change. */
    Out raw(Ask ask) {
        Matcher raw = RAW.matcher(ask.path());
        if (!raw.matches()) {
            throw Refused.missing();
        }
        Gist gist = gist(raw.group(1));
        for (ObjectNode commit : gist.commits(at)) {
            for (String content :
                    gist.revision(commit.path("version").asText()).files().values()) {
                if (Gist.blobOf(content).name().equals(raw.group(2))) {
                    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
                    if (bytes.length > LARGEST_RAW) {
                        ledger.wrong("a file of more than 10 MB was asked for by its raw address");
                    }
                    return new Out(200, "text/plain; charset=utf-8", bytes, Map.of());
                }
            }
        }
        throw Refused.missing();
    }
}
