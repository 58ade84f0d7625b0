package dev.sessionrelay.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every link leads somewhere. Nothing is fetched for it: addresses of other sites are taken as they are. */
class LinksTest {
    private static final Pattern ELSEWHERE = Pattern.compile("https?://.+|mailto:.+");

    static List<Page> pages() {
        return Page.all();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void leadsToFilesAndHeadingsThatExist(Page page) {
        assertThat(page.links().stream()
                        .filter(link -> !ELSEWHERE.matcher(link.target()).matches())
                        .filter(link -> !leadsSomewhere(page, link.target()))
                        .map(link -> page + ":" + link.line() + " " + link.target()))
                .isEmpty();
    }

    private static boolean leadsSomewhere(Page from, String target) {
        int hash = target.indexOf('#');
        String path = hash < 0 ? target : target.substring(0, hash);
        Path file =
                path.isEmpty() ? from.file() : from.file().resolveSibling(path).normalize();
        if (!file.startsWith(Page.PROJECT) || !Files.exists(file)) {
            return false;
        }
        return hash < 0
                || Page.of(Page.PROJECT.relativize(file).toString()).anchors().contains(target.substring(hash + 1));
    }

    /** A page that no other leads to is one that nobody finds. */
    @Test
    void everyPageIsReachedFromTheReadme() {
        List<Path> reached = new ArrayList<>(List.of(Page.PROJECT.resolve("README.md")));
        for (int i = 0; i < reached.size(); i++) {
            Path file = reached.get(i);
            for (Page.Link link :
                    Page.of(Page.PROJECT.relativize(file).toString()).links()) {
                String path = link.target().replaceFirst("#.*", "");
                Path next = file.resolveSibling(path).normalize();
                boolean isPage = !ELSEWHERE.matcher(path).matches() && path.endsWith(".md") && Files.exists(next);
                if (isPage && !reached.contains(next)) {
                    reached.add(next);
                }
            }
        }
        assertThat(Page.all().stream()
                        .filter(page -> !page.name().startsWith(".github/"))
                        .filter(page -> !reached.contains(page.file())))
                .isEmpty();
    }
}
