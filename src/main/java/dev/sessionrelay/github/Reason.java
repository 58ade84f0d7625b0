package dev.sessionrelay.github;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import javax.net.ssl.SSLException;

/** Why the network failed, in words: the JDK's own messages are often empty. */
final class Reason {
    private Reason() {}

    static String of(IOException e) {
        IOException real = e instanceof Transport.NeverSent && e.getCause() instanceof IOException cause ? cause : e;
        return switch (real) {
            case Retrying.Trouble trouble -> String.valueOf(trouble.getMessage());
            case HttpConnectTimeoutException _ -> "the connection was not made in time";
            case HttpTimeoutException timeout ->
                timeout.getMessage() == null || timeout.getMessage().equals("request timed out")
                        ? "no answer came in time"
                        : timeout.getMessage();
            case UnknownHostException _ -> "its name cannot be resolved";
            case ConnectException _ -> "the connection was refused";
            case SSLException tls -> "TLS failed: " + tls.getMessage();
            default ->
                real.getMessage() == null ? "the connection was lost" : "the connection was lost: " + real.getMessage();
        };
    }
}
