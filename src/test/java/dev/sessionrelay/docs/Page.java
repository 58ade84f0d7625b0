package dev.sessionrelay.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of the documentation.
 *
 * @param name its path from the project's folder on
 */
record Page(String name, List<String> lines) {
    static final Path PROJECT = Path.of(System.getProperty("basedir", "")).toAbsolutePath();

    private static final Pattern FENCE = Pattern.compile(" *(```+)(\\S*).*");
    private static final Pattern HEADING = Pattern.compile("(#{1,6}) (.+)");
    private static final Pattern LINK =
            Pattern.compile("(?<!\\\\)\\[((?:[^\\[\\]]|\\[[^\\]]*\\])*)\\]\\(([^)\\s]+)\\)");
    private static final Pattern CODE = Pattern.compile("`[^`]*`");

    /** A fenced block; its first line is that behind the fence. */
    record Block(Page page, String language, int line, List<String> lines) {
        @Override
        public String toString() {
            return page.name + ":" + line;
        }
    }

    record Heading(int level, String text, int line) {}

    record Link(String target, int line) {}

    static Page of(String name) {
        try {
            return new Page(name, Files.readAllLines(PROJECT.resolve(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All pages that people read. */
    static List<Page> all() {
        List<String> names = new ArrayList<>(List.of("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"));
        for (String folder : List.of("docs", "examples", "build", "bench", ".github")) {
            try (Stream<Path> files = Files.walk(PROJECT.resolve(folder))) {
                files.filter(file -> file.toString().endsWith(".md"))
                        .map(file -> PROJECT.relativize(file).toString().replace('\\', '/'))
                        .sorted()
                        .forEach(names::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return names.stream().map(Page::of).toList();
    }

    Path file() {
        return PROJECT.resolve(name);
    }

    String text() {
        return String.join("\n", lines) + "\n";
    }

    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Matcher fence = FENCE.matcher(lines.get(i));
            if (fence.matches()) {
                int first = i + 1;
                while (++i < lines.size() && !lines.get(i).strip().equals(fence.group(1))) {
                    // Up to the closing fence.
                }
                blocks.add(new Block(this, fence.group(2), first + 1, lines.subList(first, Math.min(i, lines.size()))));
            }
        }
        return blocks;
    }

    /** The lines outside of fenced blocks; those inside are empty, so that numbers stay. */
    List<String> prose() {
        List<String> prose = new ArrayList<>(lines);
        for (Block block : blocks()) {
            for (int i = block.line - 2; i <= block.line - 1 + block.lines.size() && i < prose.size(); i++) {
                prose.set(i, "");
            }
        }
        return prose;
    }

    List<Heading> headings() {
        List<Heading> headings = new ArrayList<>();
        List<String> prose = prose();
        for (int i = 0; i < prose.size(); i++) {
            Matcher heading = HEADING.matcher(prose.get(i));
            if (heading.matches()) {
                headings.add(new Heading(heading.group(1).length(), heading.group(2), i + 1));
            }
        }
        return headings;
    }

    List<Link> links() {
        List<Link> links = new ArrayList<>();
        List<String> prose = prose();
        for (int i = 0; i < prose.size(); i++) {
            Matcher link = LINK.matcher(CODE.matcher(prose.get(i))
                    .replaceAll(code -> "x".repeat(code.group().length())));
            while (link.find()) {
                links.add(new Link(link.group(2), i + 1));
            }
        }
        return links;
    }

    /** The anchors of the headings, as GitHub makes them. */
    List<String> anchors() {
        Map<String, Integer> seen = new HashMap<>();
        List<String> anchors = new ArrayList<>();
        for (Heading heading : headings()) {
            String anchor = heading.text
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N} _-]", "")
                    .replace(' ', '-');
            int before = seen.merge(anchor, 1, Integer::sum) - 1;
            anchors.add(before == 0 ? anchor : anchor + "-" + before);
        }
        return anchors;
    }

    /** The rows of the table below a head that begins so, each as its cells; without the head. */
    List<List<String>> table(String head) {
        return lines.stream()
                .dropWhile(line -> !line.startsWith(head))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(Page::cells)
                .toList();
    }

    private static List<String> cells(String row) {
        String inner = row.strip().replaceAll("^\\||\\|$", "");
        return Stream.of(inner.split("(?<!\\\\)\\|", -1)).map(String::strip).toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
