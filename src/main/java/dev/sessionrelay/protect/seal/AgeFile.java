package dev.sessionrelay.protect.seal;

import com.exceptionfactory.jagged.RecipientStanza;
import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.UnsupportedRecipientStanzaException;
import com.exceptionfactory.jagged.framework.armor.ArmoredDecryptingChannelFactory;
import com.exceptionfactory.jagged.framework.armor.ArmoredEncryptingChannelFactory;
import com.exceptionfactory.jagged.framework.stream.StandardDecryptingChannelFactory;
import com.exceptionfactory.jagged.framework.stream.StandardEncryptingChannelFactory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;

/**
 * One file of age, made and opened whole in memory: what is inside is handed out when its last part was found genuine,
 * and never before.
 */
final class AgeFile {

    /** No key here is one that the file was made for. */
    static final class NotForUs extends Exception {
        private static final long serialVersionUID = 1;

        NotForUs(Throwable cause) {
            super(cause);
        }
    }

    /** The file is not as age made it. */
    static final class Damaged extends Exception {
        private static final long serialVersionUID = 1;

        Damaged(Throwable cause) {
            super(cause);
        }
    }

    private AgeFile() {}

    static byte[] seal(byte[] content, List<Recipient> recipients) {
        return write(content, new StandardEncryptingChannelFactory()::newEncryptingChannel, recipients);
    }

    /** The same in letters, for where bytes cannot stand. */
    static String sealInLetters(byte[] content, List<Recipient> recipients) {
        byte[] file = write(content, new ArmoredEncryptingChannelFactory()::newEncryptingChannel, recipients);
        return new String(file, StandardCharsets.US_ASCII);
    }

    private static byte[] write(byte[] content, Writing writing, List<Recipient> recipients) {
        ByteArrayOutputStream file = new ByteArrayOutputStream(content.length + content.length / 32 + 1024);
        try {
            List<RecipientStanzaWriter> stanzas = new ArrayList<>();
            for (Recipient recipient : recipients) {
                stanzas.add(recipient.stanzas());
            }
            try (WritableByteChannel channel = writing.to(Channels.newChannel(file), stanzas)) {
                ByteBuffer left = ByteBuffer.wrap(content);
                while (left.hasRemaining()) {
                    channel.write(left);
                }
            }
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("sealing to keys that were found sound", e);
        }
        return file.toByteArray();
    }

    static byte[] open(InputStream file, List<Identity> identities, int most) throws IOException, NotForUs, Damaged {
        return read(file, new StandardDecryptingChannelFactory()::newDecryptingChannel, identities, most);
    }

    static byte[] openLetters(String file, List<Identity> identities, int most) throws NotForUs, Damaged {
        InputStream in = new ByteArrayInputStream(file.getBytes(StandardCharsets.US_ASCII));
        try {
            return read(in, new ArmoredDecryptingChannelFactory()::newDecryptingChannel, identities, most);
        } catch (IOException e) {
            throw new Damaged(e);
        }
    }

    private static byte[] read(InputStream file, AgeReading reading, List<Identity> identities, int most)
            throws IOException, NotForUs, Damaged {
        // First all of it, so that a disk or network that fails is not taken for a damaged file.
        byte[] bytes = file.readNBytes(most + most / 8 + (1 << 16));
        try (ReadableByteChannel channel = reading.from(new Whole(ByteBuffer.wrap(bytes)), List.of(any(identities)))) {
            byte[] content = Channels.newInputStream(channel).readNBytes(most + 1);
            if (content.length > most) {
                throw new IOException("it holds more than it may");
            }
            return content;
        } catch (UnsupportedRecipientStanzaException e) {
            throw new NotForUs(e);
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            throw new Damaged(e);
        }
    }

    /** Tries each key at each stanza: one that is for another key, or damaged, must not hide one that is for ours. */
    private static RecipientStanzaReader any(List<Identity> identities) {
        return stanzas -> {
            for (RecipientStanza stanza : stanzas) {
                for (Identity identity : identities) {
                    try {
                        return identity.stanzas().getFileKey(List.of(stanza));
                    } catch (GeneralSecurityException | RuntimeException e) {
                        // The next one may fit.
                    }
                }
            }
            throw new UnsupportedRecipientStanzaException("no key fits");
        };
    }

    private interface Writing {
        WritableByteChannel to(WritableByteChannel file, Iterable<RecipientStanzaWriter> recipients)
                throws GeneralSecurityException, IOException;
    }

    private interface AgeReading {
        ReadableByteChannel from(ReadableByteChannel file, Iterable<RecipientStanzaReader> keys)
                throws GeneralSecurityException, IOException;
    }

    /** The library takes a read that brings less than asked for as the file's end. */
    private record Whole(ByteBuffer left) implements ReadableByteChannel {
        @Override
        public int read(ByteBuffer target) {
            if (!left.hasRemaining()) {
                return -1;
            }
            int count = Math.min(left.remaining(), target.remaining());
            target.put(left.slice(left.position(), count));
            left.position(left.position() + count);
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
