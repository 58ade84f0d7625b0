import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.IllegalStateException;
import java.lang.Integer;
import java.lang.InterruptedException;
import java.lang.Long;
import java.lang.Math;
import java.lang.String;
import java.lang.System;
import java.lang.Thread;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A TCP proxy on loopback that makes the other side seem far away, and counts what passes.
 *
 * <p>Every byte comes half a round trip later than it was sent, in both directions, and the first bytes of a connection
 * another round trip later, as if the connection had to be made over that distance. Bandwidth is not limited.
 *
 * <p>usage: java DelayingProxy.java &lt;port&gt; &lt;target port&gt; &lt;control port&gt; &lt;round trip in ms&gt;; a connection to the
 * control port is told "requests up down" since the one before it. A client sends a request after it has read the answer
 * to the one before, so each begins what is read at once.
 */
final class DelayingProxy {
    private static final AtomicLong REQUESTS = new AtomicLong();
    private static final AtomicLong UP = new AtomicLong();
    private static final AtomicLong DOWN = new AtomicLong();

    private record Chunk(byte[] bytes, long due) {}

    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(arguments[0]);
        int target = Integer.parseInt(arguments[1]);
        int control = Integer.parseInt(arguments[2]);
        long roundTrip = Long.parseLong(arguments[3]) * 1_000_000;
        Thread.ofPlatform().daemon().start(() -> tell(control));
        try (ServerSocket server = new ServerSocket(port, 100, InetAddress.getLoopbackAddress())) {
            while (true) {
                Socket client = server.accept();
                Socket host = new Socket(InetAddress.getLoopbackAddress(), target);
                client.setTcpNoDelay(true);
                host.setTcpNoDelay(true);
                pass(client, host, roundTrip / 2, roundTrip, UP);
                pass(host, client, roundTrip / 2, 0, DOWN);
            }
        }
    }

    private static void tell(int port) {
        try (ServerSocket server = new ServerSocket(port, 10, InetAddress.getLoopbackAddress())) {
            while (true) {
                try (Socket asking = server.accept()) {
                    String line = REQUESTS.getAndSet(0) + " " + UP.getAndSet(0) + " " + DOWN.getAndSet(0) + "\n";
                    asking.getOutputStream().write(line.getBytes(StandardCharsets.US_ASCII));
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void pass(Socket from, Socket to, long delay, long first, AtomicLong count) {
        BlockingQueue<Chunk> underWay = new LinkedBlockingQueue<>(4096);
        Thread.ofVirtual().start(() -> receive(from, underWay, delay, first, count));
        Thread.ofVirtual().start(() -> deliver(underWay, to));
    }

    private static void receive(Socket from, BlockingQueue<Chunk> underWay, long delay, long first, AtomicLong count) {
        byte[] buffer = new byte[1 << 16];
        long connected = System.nanoTime() + first;
        try {
            try {
                InputStream in = from.getInputStream();
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    count.addAndGet(read);
                    if (startsARequest(buffer, read)) {
                        REQUESTS.incrementAndGet();
                    }
                    long sent = Math.max(connected, System.nanoTime());
                    underWay.put(new Chunk(Arrays.copyOf(buffer, read), sent + delay));
                }
            } catch (IOException closed) {
                // The end of the stream, as well.
            }
            underWay.put(new Chunk(new byte[0], System.nanoTime() + delay));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Answers begin with {@code HTTP/}. */
    private static boolean startsARequest(byte[] bytes, int length) {
        String beginning = new String(bytes, 0, Math.min(length, 6), StandardCharsets.ISO_8859_1);
        return beginning.startsWith("GET /") || beginning.startsWith("POST /");
    }

    private static void deliver(BlockingQueue<Chunk> underWay, Socket to) {
        try {
            OutputStream out = to.getOutputStream();
            while (true) {
                Chunk chunk = underWay.take();
                long wait = chunk.due() - System.nanoTime();
                if (wait > 0) {
                    Thread.sleep(wait / 1_000_000, (int) (wait % 1_000_000));
                }
                if (chunk.bytes().length == 0) {
                    to.shutdownOutput();
                    return;
                }
                out.write(chunk.bytes());
            }
        } catch (IOException | InterruptedException closed) {
            // Nobody listens any more.
        }
    }
}
