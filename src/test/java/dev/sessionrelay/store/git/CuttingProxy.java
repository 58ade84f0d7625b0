package dev.sessionrelay.store.git;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** Passes everything on to a host, and cuts the line at a chosen moment, as often as it is told. */
final class CuttingProxy implements AutoCloseable {

    enum Moment {
        /** While a request of this kind is sent. */
        IN_THE_REQUEST,
        /** When the host has it all, and before its answer comes. */
        BEFORE_THE_ANSWER,
        IN_THE_ANSWER
    }

    private final ServerSocket server;
    private final int target;
    private final String request;
    private final Moment moment;
    private final AtomicInteger left;

    CuttingProxy(int target, String request, Moment moment, int times) throws IOException {
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.target = target;
        this.request = request;
        this.moment = moment;
        this.left = new AtomicInteger(times);
        Thread.ofPlatform().daemon().start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    int cutsLeft() {
        return Math.max(0, left.get());
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                Socket host = new Socket(InetAddress.getLoopbackAddress(), target);
                Line line = new Line(client, host);
                Thread.ofPlatform().daemon().start(line::up);
                Thread.ofPlatform().daemon().start(line::down);
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private final class Line {
        private final Socket client;
        private final Socket host;
        private volatile boolean armed;

        Line(Socket client, Socket host) {
            this.client = client;
            this.host = host;
        }

        void up() {
            byte[] buffer = new byte[4096];
            try (client;
                    host) {
                InputStream in = client.getInputStream();
                OutputStream out = host.getOutputStream();
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    String text = new String(buffer, 0, read, StandardCharsets.ISO_8859_1);
                    if (text.startsWith("POST ") && text.contains(request)) {
                        armed = left.getAndDecrement() > 0;
                        if (armed && moment == Moment.IN_THE_REQUEST) {
                            out.write(buffer, 0, read / 2);
                            return;
                        }
                    }
                    out.write(buffer, 0, read);
                }
            } catch (IOException cut) {
                // So it was meant.
            }
        }

        void down() {
            byte[] buffer = new byte[4096];
            try (client;
                    host) {
                InputStream in = host.getInputStream();
                OutputStream out = client.getOutputStream();
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    if (armed) {
                        out.write(buffer, 0, moment == Moment.IN_THE_ANSWER ? read / 2 : 0);
                        return;
                    }
                    out.write(buffer, 0, read);
                }
            } catch (IOException cut) {
                // So it was meant.
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
