package dev.sessionrelay.github;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * What typed calls are for.
 *
 * @param doing as in "could not [read plan #5 in o/r]"
 * @param mayBeRepeated whether doing it twice comes to the same as doing it once
 * @param answers how many answers came for it
 */
record Purpose(String doing, Permission need, boolean mayBeRepeated, AtomicInteger answers) {
    Purpose(String doing, Permission need, boolean mayBeRepeated) {
        this(doing, need, mayBeRepeated, new AtomicInteger());
    }
}
