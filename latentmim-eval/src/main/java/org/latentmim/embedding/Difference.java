package org.latentmim.embedding;

import java.lang.reflect.RecordComponent;

/** What is not the same in two records. */
final class Difference {

    private Difference() {}

    /** Names the first key that differs, and both values. */
    static <R extends Record> String of(R before, R now) {
        for (RecordComponent key : before.getClass().getRecordComponents()) {
            Object old = value(key, before);
            Object other = value(key, now);
            if (!old.equals(other)) {
                return old instanceof Record record
                        ? key.getName() + "." + of(record, (Record) other)
                        : key.getName() + " " + old + ", but this one has " + other;
            }
        }
        throw new IllegalArgumentException("nothing differs");
    }

    private static Object value(RecordComponent key, Record record) {
        try {
            return key.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a record does not tell its " + key.getName(), e);
        }
    }
}
