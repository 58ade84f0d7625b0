import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.String;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.ConstantPoolSharingOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * Makes the given jars fit for the JVM's start-up cache, which passes over the classes of a signed jar and those in a
 * format older than Java 6's. Signatures are taken out: what came from where is settled when Maven fetches a jar. So are
 * the digests of all files in the manifest, which the JVM would read at every start. Old classes are written anew in
 * today's format, which also spares the JVM to infer their types whenever it loads them.
 */
void main(String[] jars) throws IOException {
    for (String jar : jars) {
        try (FileSystem files = FileSystems.newFileSystem(Path.of(jar));
                Stream<Path> found = Files.walk(files.getPath("/"))) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                if (file.toString().matches("/META-INF/[^/]+\\.(SF|RSA|DSA|EC)")) {
                    Files.delete(file);
                } else if (file.toString().equals("/META-INF/MANIFEST.MF")) {
                    shorten(file);
                } else if (file.toString().endsWith(".class") && isOld(file)) {
                    renew(file);
                }
            }
        }
    }
}

static void shorten(Path file) throws IOException {
    Manifest manifest;
    try (InputStream in = Files.newInputStream(file)) {
        manifest = new Manifest(in);
    }
    manifest.getEntries().clear();
    try (OutputStream out = Files.newOutputStream(file)) {
        manifest.write(out);
    }
}

static boolean isOld(Path file) throws IOException {
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
        in.skipNBytes(6);
        return in.readUnsignedShort() < ClassFile.JAVA_6_VERSION;
    }
}

/** The pool is made anew so that every method is written, and its stack maps with it, instead of copied. */
static void renew(Path file) throws IOException {
    ClassHierarchyResolver sameJar = ClassHierarchyResolver.ofResourceParsing(
            type -> open(file.getRoot().resolve(type.descriptorString().replaceAll("^L|;$", "") + ".class")));
    ClassFile today = ClassFile.of(
            ClassHierarchyResolverOption.of(ClassHierarchyResolver.defaultResolver().orElse(sameJar)),
            ConstantPoolSharingOption.NEW_POOL,
            StackMapsOption.GENERATE_STACK_MAPS);
    Files.write(file, today.transformClass(today.parse(file), (renewed, element) -> {
        if (element instanceof ClassFileVersion) {
            renewed.withVersion(ClassFile.JAVA_25_VERSION, 0);
        } else {
            renewed.with(element);
        }
    }));
}

static InputStream open(Path file) {
    try {
        return Files.exists(file) ? Files.newInputStream(file) : null;
    } catch (IOException e) {
        throw new UncheckedIOException(e);
    }
}
