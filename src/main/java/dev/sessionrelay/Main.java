package dev.sessionrelay;

import dev.sessionrelay.cli.CommandLineFace;
import dev.sessionrelay.cli.World;

/** The beginning: hands this process's world to the face that fits. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(CommandLineFace.run(World.ofThisProcess(), arguments));
    }
}
