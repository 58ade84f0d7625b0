import java.security.KeyStore;
import java.net.*;
import java.nio.charset.StandardCharsets;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A git repository without branches behind TLS, for the training: that is its answer to every request. Arguments: key
 * store, its password, where to write the port.
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
    server.start();
    Files.writeString(Path.of(given[2]), String.valueOf(server.getAddress().getPort()));
}
