package dev.sessionrelay.process;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Takes the signals that ask a process to end, in place of the JVM, which would begin to shut down at once. Java has no
 * other way than {@code sun.misc.Signal}, and its compiler warns whoever names it: so it is looked up.
 */
final class Signals {
    private static final List<String> TAKEN = List.of("INT", "TERM", "HUP");

    private Signals() {}

    /** A signal that whoever started this process has it ignore stays ignored. */
    static void sendTo(IntConsumer receiver) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Method handle = signal.getMethod("handle", signal, handler);
            Method number = signal.getMethod("getNumber");
            Object ours = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            receiver.accept((int) number.invoke(arguments[0]));
                            return null;
                        }
                        return method.invoke(receiver, arguments);
                    });
            for (String name : TAKEN) {
                handle.invoke(null, signal.getConstructor(String.class).newInstance(name), ours);
            }
        } catch (ReflectiveOperationException | IllegalArgumentException none) {
            // A system without these signals, or a Java that was told to leave them alone: then they end the process.
        }
    }
}
