/**
 * Takes the signatures out of the given jars. The cache leaves out the classes of a signed jar, and nobody checks the
 * signatures: what came from where is settled when Maven fetches a jar.
 */
void main(String[] jars) throws IOException {
    for (String jar : jars) {
        try (FileSystem files = FileSystems.newFileSystem(Path.of(jar));
                Stream<Path> found = Files.list(files.getPath("/META-INF"))) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                if (file.toString().matches(".*\\.(SF|RSA|DSA|EC)")) {
                    Files.delete(file);
                }
            }
        }
    }
}
