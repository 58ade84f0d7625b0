import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.lang.Exception;
import java.lang.String;
import java.net.*;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * For the training, behind TLS: a git repository without branches, which is the answer to every request but those below
 * {@code /api}, where GitHub's drafts and gists are. Arguments: key store, its password, where to write the port.
 */
void main(String[] given) throws Exception {
    char[] password = given[1].toCharArray();
    KeyStore keys = KeyStore.getInstance(Path.of(given[0]).toFile(), password);
    KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, password);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);

    HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.createContext("/", exchange -> {
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("Content-Type", "application/x-git-upload-pack-result");
        exchange.sendResponseHeaders(200, 4);
        exchange.getResponseBody().write("0000".getBytes(StandardCharsets.US_ASCII));
        exchange.close();
    });
    int port = server.getAddress().getPort();
    server.createContext("/api", new Drafts("https://localhost:" + port + "/api"));
    server.createContext("/api/gists", new SecretGists());
    server.start();
    Files.writeString(Path.of(given[2]), String.valueOf(port));
}
