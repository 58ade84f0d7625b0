package dev.sessionrelay.fault;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * Stops a program, all of its threads, before each system call, as strace does. strace counts the calls of each thread
 * by itself, and so cannot kill a program of several before its Nth call.
 *
 * <p>The program must not be a child of this process: what waits for those would be told of it as well.
 */
final class Tracer implements AutoCloseable {
    private static final int SYSCALL = 24;
    private static final int SEIZE = 0x4206;
    private static final int INTERRUPT = 0x4207;
    private static final int SYSCALL_INFO = 0x420e;
    /** Calls are told from traps; threads, children and what they run are followed; all end with this. */
    private static final long OPTIONS = 0x100000 | 0x1 | 0x2 | 0x4 | 0x8 | 0x10;

    private static final int BEFORE_A_CALL = 1;
    private static final int ALL = 0x40000000;
    private static final int OF_THIS_THREAD = 0x20000000;
    private static final int CALL_STOP = 5 | 0x80;
    private static final int KILL = 9;
    private static final int TRY_AGAIN = 4;
    private static final int INFO_SIZE = 88;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final MemoryLayout STATE = Linker.Option.captureStateLayout();
    private static final MethodHandle PTRACE = handle(
            "ptrace",
            FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG),
            Linker.Option.firstVariadicArg(1));
    private static final MethodHandle WAIT = handle(
            "waitpid",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT),
            Linker.Option.captureCallState("errno"));
    private static final MethodHandle SEND = handle("kill", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment state = arena.allocate(STATE);
    private final MemorySegment status = arena.allocate(JAVA_INT);
    private final MemorySegment info = arena.allocate(INFO_SIZE, 8);

    /** What may happen before a call. */
    interface Watcher {
        boolean killsBefore(FileCall call);
    }

    @SuppressWarnings("restricted")
    private static MethodHandle handle(String name, FunctionDescriptor descriptor, Linker.Option... options) {
        return LINKER.downcallHandle(LINKER.defaultLookup().find(name).orElseThrow(), descriptor, options);
    }

    /** Follows the process until it ends; call it in the thread that made this. */
    void follow(int process, Runnable begin, Watcher watcher) throws IOException {
        if (ptrace(SEIZE, process, 0, OPTIONS) != 0 || ptrace(INTERRUPT, process, 0, 0) != 0) {
            throw new IOException("cannot follow process " + process);
        }
        boolean hasBegun = false;
        while (true) {
            int thread = await();
            if (thread < 0) {
                return;
            }
            int how = status.get(JAVA_INT, 0);
            if ((how & 0xff) != 0x7f) {
                continue;
            }
            int signal = how >> 8 & 0xff;
            boolean isEvent = how >> 16 != 0;
            if (signal == CALL_STOP) {
                Optional<FileCall> call = callOf(thread);
                if (call.isPresent() && watcher.killsBefore(call.get())) {
                    send(process);
                    continue;
                }
            }
            ptrace(SYSCALL, thread, 0, isEvent || signal == CALL_STOP ? 0 : signal);
            if (!hasBegun) {
                hasBegun = true;
                begin.run();
            }
        }
    }

    private Optional<FileCall> callOf(int thread) throws IOException {
        if (ptrace(SYSCALL_INFO, thread, INFO_SIZE, info.address()) <= 0 || info.get(JAVA_BYTE, 0) != BEFORE_A_CALL) {
            return Optional.empty();
        }
        long[] arguments = new long[6];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = info.get(JAVA_LONG, 32 + 8L * i);
        }
        return FileCall.of(thread, info.get(JAVA_LONG, 24), arguments);
    }

    /** Negative when nothing is left to wait for. */
    private int await() throws IOException {
        while (true) {
            int thread = (int) called(() -> (int) WAIT.invokeExact(state, -1, status, ALL | OF_THIS_THREAD));
            if (thread >= 0 || state.get(JAVA_INT, 0) != TRY_AGAIN) {
                return thread;
            }
        }
    }

    private static long ptrace(int what, int thread, long address, long data) throws IOException {
        return called(() -> (long) PTRACE.invokeExact(what, thread, address, data));
    }

    private static void send(int process) throws IOException {
        called(() -> (int) SEND.invokeExact(process, KILL));
    }

    private interface Native {
        long call() throws Throwable;
    }

    private static long called(Native function) throws IOException {
        try {
            return function.call();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        arena.close();
    }
}
