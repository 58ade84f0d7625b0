package dev.sessionrelay.transcript;

import dev.sessionrelay.io.file.PlainFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;

/**
 * The facts of a transcript from its beginning and its end, so that a folder full of large sessions is quick to
 * search.
 */
public final class QuickFacts {
    private static final long ENOUGH = 256 << 10;

    private QuickFacts() {}

    public static TranscriptFacts at(Path transcript) throws IOException {
        long size = PlainFile.size(transcript);
        FactsReader ends = new FactsReader();
        if (size > 2 * ENOUGH) {
            try (SeekableByteChannel channel = PlainFile.channel(transcript)) {
                read(channel, 0, ENOUGH, ends);
                read(channel, size - ENOUGH, Long.MAX_VALUE, ends);
            }
            TranscriptFacts facts = ends.facts();
            if (facts.hasConversation() && facts.firstFolder().isPresent()) {
                return facts;
            }
        }
        FactsReader all = new FactsReader();
        try (SeekableByteChannel channel = PlainFile.channel(transcript)) {
            read(channel, 0, Long.MAX_VALUE, all);
        }
        return all.facts();
    }

    private static void read(SeekableByteChannel channel, long from, long most, FactsReader facts) throws IOException {
        channel.position(from);
        InputStream shared = Channels.newInputStream(channel);
        RecordScanner records = new RecordScanner(shared);
        while (records.start() < most && records.next()) {
            facts.take(records);
        }
    }
}
