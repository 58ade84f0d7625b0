package dev.sessionrelay.github.standin;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Which request goes wrong, and how, or what happens meanwhile. Requests are counted from 0 on all hosts together. */
public final class Faults {

    public enum Fault {
        /** The connection breaks before anything is done. */
        RESET_BEFORE,
        /** It is done, and the connection breaks before the answer. */
        RESET_AFTER,
        /** An HTML page, and nothing was done. */
        BAD_GATEWAY_BEFORE,
        /** An HTML page, although it was done. */
        BAD_GATEWAY_AFTER,
        TOO_MANY_WITH_SECONDS,
        TOO_MANY_WITH_DATE,
        /** A secondary limit as GitHub says it most often: 403, and only the message tells. */
        SECONDARY,
        /** The hour's requests are used up, until a moment from now. */
        PRIMARY,
        /** An upload breaks, and leaves an empty asset behind. */
        STARTER,
        /** The answer's body ends too early. */
        CUT_SHORT
    }

    private final AtomicInteger counter = new AtomicInteger();
    private final Map<Integer, Fault> planned = new ConcurrentHashMap<>();
    private final Map<Integer, Runnable> interludes = new ConcurrentHashMap<>();
    private volatile int first;
    private volatile Fault lasting;

    public Faults at(int request, Fault fault) {
        planned.put(request, fault);
        return this;
    }

    /** Lets something else happen when this request has arrived and nothing was done for it yet. */
    public void before(int request, Runnable interlude) {
        interludes.put(request, interlude);
    }

    /** From now on, until {@link #clear}. */
    public void always(Fault fault) {
        from(0, fault);
    }

    /** From this request on, until {@link #clear}. */
    public void from(int request, Fault fault) {
        first = request;
        lasting = fault;
    }

    public void clear() {
        planned.clear();
        interludes.clear();
        lasting = null;
        counter.set(0);
    }

    /** How many requests there were since {@link #clear}. */
    public int requests() {
        return counter.get();
    }

    Fault next() {
        int request = counter.getAndIncrement();
        interludes.getOrDefault(request, () -> {}).run();
        Fault fault = planned.get(request);
        return fault == null && request >= first ? lasting : fault;
    }
}
