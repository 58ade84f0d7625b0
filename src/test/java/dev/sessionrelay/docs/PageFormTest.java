package dev.sessionrelay.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How pages are written, so that they read well on GitHub and in a terminal. */
class PageFormTest {
    private static final int LONGEST_LINE = 120;
    private static final int MOST_LINES_OF_README = 200;
    private static final int MOST_BYTES_OF_README = 12 << 10;
    /** Not English, or not plain. */
    private static final Pattern WORDS =
            Pattern.compile("(?<!there )\\b(?:is no (?!longer)|one a line|a line each|beginnings|by lot)\\b");

    static List<Page> pages() {
        return Page.all();
    }

    /** Templates of GitHub begin with their own front matter. */
    private static boolean isTemplate(Page page) {
        return page.name().startsWith(".github/");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void hasOneTitleAndSkipsNoLevel(Page page) {
        if (isTemplate(page)) {
            return;
        }
        List<Page.Heading> headings = page.headings();
        assertThat(headings).filteredOn(heading -> heading.level() == 1).hasSize(1);
        assertThat(headings.getFirst().level()).isEqualTo(1);
        List<String> skipped = new ArrayList<>();
        for (int i = 1; i < headings.size(); i++) {
            if (headings.get(i).level() > headings.get(i - 1).level() + 1) {
                skipped.add(page + ":" + headings.get(i).line() + " "
                        + headings.get(i).text());
            }
        }
        assertThat(skipped).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void tellsTheLanguageOfEveryBlock(Page page) {
        assertThat(page.blocks())
                .allSatisfy(block -> assertThat(block.language()).isNotEmpty());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void hasNoTrailingSpacesTabsOrEmptyLinesInARow(Page page) {
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < page.lines().size(); i++) {
            String line = page.lines().get(i);
            boolean second = i > 0 && line.isEmpty() && page.lines().get(i - 1).isEmpty();
            if (!line.equals(line.stripTrailing()) || line.indexOf('\t') >= 0 || second) {
                wrong.add(page + ":" + (i + 1));
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** Tables and links cannot be broken; neither can what a program prints. */
    @ParameterizedTest
    @MethodSource("pages")
    void hasNoLongLines(Page page) {
        List<String> prose = page.prose();
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < prose.size(); i++) {
            String line = prose.get(i);
            boolean breaks = !line.startsWith("|") && !line.strip().matches("(?:[-*] )?\\[?\\S*\\]?\\(?http\\S+");
            if (breaks && line.length() > LONGEST_LINE) {
                wrong.add(page + ":" + (i + 1) + " has " + line.length());
            }
        }
        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void isWrittenInPlainEnglish(Page page) {
        List<String> prose = page.prose();
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < prose.size(); i++) {
            // What the program prints is quoted as it prints it.
            String line = prose.get(i).replaceAll("`[^`]*`", "x");
            if (WORDS.matcher(line).find()) {
                wrong.add(page + ":" + (i + 1) + " " + line);
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void theReadmeIsShort() throws IOException {
        Page readme = Page.of("README.md");
        assertThat(readme.lines()).hasSizeLessThanOrEqualTo(MOST_LINES_OF_README);
        assertThat(Files.size(readme.file())).isLessThanOrEqualTo(MOST_BYTES_OF_README);
    }
}
