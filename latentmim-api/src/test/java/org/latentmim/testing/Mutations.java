package org.latentmim.testing;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Damages bytes as disks, networks and enemies do: bits, numbers, pieces that are missing, doubled, moved or someone else's. */
final class Mutations {

    private static final int MOST = 8;
    private static final long[] NUMBERS = {0, 1, -1, 2, 7, 8, 16, 255, 256, 65_535, 65_536, Integer.MAX_VALUE, Integer.MIN_VALUE,
        1L << 31, 1L << 32, (1L << 32) - 1, 1L << 40, 1L << 62, Long.MAX_VALUE, Long.MIN_VALUE};

    private final RandomGenerator random;
    private final List<byte[]> seeds;

    Mutations(RandomGenerator random, List<byte[]> seeds) {
        this.random = random;
        this.seeds = seeds;
    }

    /** Returns one of the seeds with one to {@value #MOST} things wrong, mostly few. */
    byte[] next() {
        byte[] bytes = seed().clone();
        for (int i = random.nextInt(1 + random.nextInt(MOST)); i >= 0; i--) {
            bytes = damaged(bytes);
        }
        return bytes;
    }

    private byte[] seed() {
        return seeds.get(random.nextInt(seeds.size()));
    }

    private byte[] damaged(byte[] bytes) {
        if (bytes.length == 0) {
            return seed().clone();
        }
        int at = random.nextInt(bytes.length);
        int length = 1 + random.nextInt(Math.min(bytes.length - at, random.nextBoolean() ? 8 : 4096));
        switch (random.nextInt(8)) {
            case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes[at] = (byte) random.nextInt();
            case 2 -> number(bytes, at);
            case 3 -> Arrays.fill(bytes, at, at + length, (byte) (random.nextBoolean() ? 0 : 255));
            case 4 -> {
                return spliced(bytes, at, at + length, new byte[0], 0, 0);
            }
            case 5 -> {
                return spliced(bytes, at, at, bytes, at, at + length);
            }
            case 6 -> {
                byte[] other = seed();
                int from = random.nextInt(other.length + 1);
                return spliced(bytes, at, at + length, other, from, Math.min(other.length, from + length));
            }
            default -> {
                return Arrays.copyOf(bytes, at);
            }
        }
        return bytes;
    }

    /** Writes a number at which readers stumble, in either order of its bytes. */
    private void number(byte[] bytes, int at) {
        long number = random.nextInt(3) == 0 ? bytes.length + random.nextInt(-9, 9) : NUMBERS[random.nextInt(NUMBERS.length)];
        int width = 1 << random.nextInt(4);
        boolean smallFirst = random.nextBoolean();
        for (int i = 0; i < width && at + i < bytes.length; i++) {
            bytes[at + i] = (byte) (number >>> 8 * (smallFirst ? i : width - 1 - i));
        }
    }

    private static byte[] spliced(byte[] bytes, int cutFrom, int cutTo, byte[] piece, int from, int to) {
        byte[] result = Arrays.copyOf(bytes, cutFrom + (to - from) + bytes.length - cutTo);
        System.arraycopy(piece, from, result, cutFrom, to - from);
        System.arraycopy(bytes, cutTo, result, cutFrom + to - from, bytes.length - cutTo);
        return result;
    }
}
