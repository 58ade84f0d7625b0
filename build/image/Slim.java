import java.io.IOException;
import java.lang.IllegalArgumentException;
import java.lang.String;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.ConstantPoolSharingOption;
import java.lang.classfile.ClassFile.DebugElementsOption;
import java.lang.classfile.ClassFile.LineNumbersOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Takes the names of local variables and the numbers of source lines out of the given jars, as jlink does with the JDK's
 * modules: they are a fifth of a jar, and of no use to those who run the program.
 */
void main(String[] jars) throws IOException {
    List<URL> all = new ArrayList<>();
    for (String jar : jars) {
        all.add(Path.of(jar).toUri().toURL());
    }
    ClassFile slim = ClassFile.of(
            ClassHierarchyResolverOption.of(
                    ClassHierarchyResolver.ofResourceParsing(new URLClassLoader(all.toArray(URL[]::new))).cached()),
            ConstantPoolSharingOption.NEW_POOL,
            DebugElementsOption.DROP_DEBUG,
            LineNumbersOption.DROP_LINE_NUMBERS);
    for (String jar : jars) {
        try (FileSystem files = FileSystems.newFileSystem(Path.of(jar));
                Stream<Path> found = Files.walk(files.getPath("/"))) {
            for (Path file : found.filter(name -> name.toString().endsWith(".class")).toList()) {
                try {
                    Files.write(file, slim.transformClass(slim.parse(file), ClassTransform.ACCEPT_ALL));
                } catch (IllegalArgumentException e) {
                    // It is for a library that is not here, as github-api's connectors are, and stays as it is.
                }
            }
        }
    }
}
