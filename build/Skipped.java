import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.IO;
import java.lang.IllegalStateException;
import java.lang.String;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * Prints the tests that were skipped, with the reason of each, from the XML reports in the given folders: the tests of
 * one class that were skipped for one reason in one line.
 */
void main(String[] folders) throws IOException {
    Stream.of(folders)
            .map(Path::of)
            .filter(Files::isDirectory)
            .flatMap(this::reports)
            .flatMap(this::skipped)
            .collect(Collectors.groupingBy(Skip::where, TreeMap::new, Collectors.counting()))
            .forEach((where, count) -> IO.println(count == 1 ? where : where + " (" + count + " tests)"));
}

record Skip(String type, String reason) {
    String where() {
        return type + ": " + reason;
    }
}

Stream<Path> reports(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
        return files.filter(file -> file.getFileName().toString().matches("TEST-.*\\.xml")).toList().stream();
    } catch (IOException e) {
        throw new UncheckedIOException(e);
    }
}

Stream<Skip> skipped(Path report) {
    try {
        NodeList cases = DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(report.toFile())
                .getElementsByTagName("skipped");
        return IntStream.range(0, cases.getLength())
                .mapToObj(i -> (Element) cases.item(i))
                .map(skip -> new Skip(((Element) skip.getParentNode()).getAttribute("classname"), reason(skip)));
    } catch (IOException | SAXException | ParserConfigurationException e) {
        throw new IllegalStateException("tried to read " + report + ", but " + e.getMessage(), e);
    }
}

String reason(Element skip) {
    String message = skip.getAttribute("message").strip();
    return message.isEmpty() ? "no reason given" : message.lines().findFirst().orElseThrow();
}
