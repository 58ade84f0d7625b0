package dev.sessionrelay.process;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** What is undone when this process ends: the latest first, one after the other. */
public final class ShutdownSteps {
    private static final Deque<Step> STEPS = new ArrayDeque<>();

    static {
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(ShutdownSteps::undoAll, "undoes what is open"));
        } catch (IllegalStateException ending) {
            // First asked for while the process ends: what is left then is swept by the next one.
        }
    }

    private ShutdownSteps() {}

    /** Something that is undone when it is closed, at the latest when the process ends. */
    public static final class Step implements AutoCloseable {
        private final Runnable undo;

        private Step(Runnable undo) {
            this.undo = undo;
        }

        @Override
        public void close() {
            boolean isStillOpen;
            synchronized (STEPS) {
                isStillOpen = STEPS.remove(this);
            }
            if (isStillOpen) {
                undo.run();
            }
        }
    }

    public static Step with(Runnable undo) {
        Step step = new Step(undo);
        synchronized (STEPS) {
            STEPS.push(step);
        }
        return step;
    }

    private static void undoAll() {
        for (Step step = latest(); step != null; step = latest()) {
            try {
                step.undo.run();
            } catch (RuntimeException e) {
                // What cannot be undone keeps nothing else from it.
            }
        }
    }

    private static @Nullable Step latest() {
        synchronized (STEPS) {
            return STEPS.poll();
        }
    }
}
