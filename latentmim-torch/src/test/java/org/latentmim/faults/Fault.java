package org.latentmim.faults;

import java.io.IOException;

/** What goes wrong at the n-th change to a disk, counted from 1. For one thread at a time. */
public final class Fault {

    /** How it goes wrong. */
    public enum Kind {
        /** This change fails, and all that follow work. */
        ONCE,
        /** From this change on nothing can be written; renaming and deleting work. */
        FULL,
        /** From this change on nothing works, as if the process had been killed in the middle of it. */
        DEAD
    }

    private final Kind kind;
    private final long at;
    private long changes;

    public Fault(Kind kind, long at) {
        this.kind = kind;
        this.at = at;
    }

    /** Returns whether it has come to the change that goes wrong. */
    public synchronized boolean happened() {
        return changes >= at;
    }

    /** Called before bytes are written; returns how many of them are. */
    synchronized int write(int bytes) throws IOException {
        changes++;
        boolean first = changes == at;
        boolean fails = first || happened() && kind != Kind.ONCE;
        if (fails && !(first && bytes > 1)) {
            throw failure();
        }
        return fails ? bytes / 2 : bytes;
    }

    /** Called after bytes were written of which some were left out. */
    IOException failure() {
        return new IOException(kind == Kind.FULL ? "No space left on device" : "Input/output error");
    }

    /** Called before anything else that changes the disk. */
    synchronized void change() throws IOException {
        changes++;
        if (changes == at && kind != Kind.FULL || happened() && kind == Kind.DEAD) {
            throw failure();
        }
    }

    /** Called before what only looks. */
    synchronized void look() throws IOException {
        if (happened() && kind == Kind.DEAD) {
            throw failure();
        }
    }
}
