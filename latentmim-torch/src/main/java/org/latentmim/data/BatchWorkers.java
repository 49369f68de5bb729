package org.latentmim.data;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.pytorch.global.torch;
import org.latentmim.runtime.FailureException;

/**
 * Threads that fill batches, several images at a time, and hand them out in the order of their plans. They keep a few batches
 * ahead. Without any, {@link #next} fills a batch itself. It is for one thread.
 */
final class BatchWorkers implements AutoCloseable {

    private static final long BYTES_AHEAD = 256L << 20;
    private static final int FEWEST_AHEAD = 2; // one to hand out and one to fill
    private static final int MOST_AHEAD = 8;

    /** Makes one image of a batch. Thread-safe. */
    interface Renderer {

        /** Writes image {@code slot} of the batch from {@code offset} on, and returns which image it is. */
        int render(BatchPlan plan, int slot, byte[] pixels, int offset);
    }

    private static final class Filling {

        private final BatchPlan plan;
        private final byte[] pixels;
        private final int[] images;
        private int claimed;
        private int done;

        Filling(BatchPlan plan, int imageBytes) {
            this.plan = plan;
            this.pixels = new byte[Math.multiplyExact(plan.size(), imageBytes)];
            this.images = new int[plan.size()];
        }
    }

    private record Claim(Filling filling, int slot) {}

    private final Iterator<BatchPlan> plans;
    private final Renderer renderer;
    private final int imageBytes;
    private final List<Thread> threads;
    private final Deque<Filling> ahead = new ArrayDeque<>();
    private boolean closed;
    private Throwable failure;
    private long waitedNanos;

    /**
     * @param plans of the batches, maybe without end; used by one thread at a time
     * @param view gives the size of an image
     * @param workers threads, at least 0
     */
    BatchWorkers(Iterator<BatchPlan> plans, Renderer renderer, View view, int workers) {
        if (workers < 0) {
            throw new IllegalArgumentException("workers must be at least 0, but is " + workers);
        }
        this.plans = plans;
        this.renderer = renderer;
        this.imageBytes = view.height() * view.width() * view.channels();
        this.threads = IntStream.rangeClosed(1, workers).mapToObj(this::thread).toList();
    }

    void start() {
        threads.forEach(Thread::start);
    }

    synchronized boolean hasNext() {
        return !ahead.isEmpty() || plans.hasNext();
    }

    /**
     * Waits for the next batch.
     *
     * @throws FailureException if a worker failed
     */
    synchronized Batch next() {
        if (!hasNext()) {
            throw new NoSuchElementException("there are no more batches");
        }
        long began = System.nanoTime();
        if (threads.isEmpty() && failure == null && !closed) {
            fillNext();
        }
        while (ahead.isEmpty() || ahead.peek().done < ahead.peek().plan.size()) {
            if (failure != null) {
                throw new FailureException(messageOf(failure), failure);
            }
            if (closed) {
                throw new IllegalStateException("there are no batches after close()");
            }
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new FailureException("interrupted while waiting for images", e);
            }
        }
        waitedNanos += System.nanoTime() - began;
        Filling filling = ahead.remove();
        notifyAll();
        return new Batch(filling.pixels, filling.images, filling.plan.epoch(), filling.plan.batchInEpoch());
    }

    private void fillNext() {
        Filling filling = new Filling(plans.next(), imageBytes);
        try {
            for (int slot = 0; slot < filling.images.length; slot++) {
                fill(filling, slot);
            }
            filling.done = filling.plan.size();
        } catch (RuntimeException e) {
            fail(e);
        }
        ahead.add(filling);
    }

    private void fill(Filling filling, int slot) {
        filling.images[slot] = renderer.render(filling.plan, slot, filling.pixels, slot * imageBytes);
    }

    /** Returns how long {@link #next} has waited in all. */
    synchronized long waitedNanos() {
        return waitedNanos;
    }

    /** Stops the workers after the image that each is at, and waits for them. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Leaves out what follows the first line: torch appends a backtrace of its own. */
    private static String messageOf(Throwable failure) {
        return failure instanceof FailureException
                ? failure.getMessage()
                : "loading images failed: " + failure.toString().lines().findFirst().orElseThrow();
    }

    private Thread thread(int number) {
        Thread thread = new Thread(this::work, "image-worker-" + number);
        thread.setDaemon(true);
        return thread;
    }

    private void work() {
        try {
            torch.set_num_threads(1);
            opencv_core.setNumThreads(1);
            for (Claim claim = claim(); claim != null; claim = claim()) {
                fill(claim.filling(), claim.slot());
                finish(claim.filling());
            }
        } catch (Throwable e) { // whatever it is, next() must tell: else it would wait for ever
            fail(e);
        }
    }

    /** Returns the next image to make, or null if there is no more work. */
    private synchronized Claim claim() throws InterruptedException {
        while (!closed && failure == null) {
            Filling newest = ahead.peekLast();
            if (newest != null && newest.claimed < newest.plan.size()) {
                return new Claim(newest, newest.claimed++);
            }
            if (!plans.hasNext()) {
                return null;
            }
            if (ahead.isEmpty() || ahead.size() < mostAhead(ahead.peek().pixels.length)) {
                ahead.add(new Filling(plans.next(), imageBytes));
            } else {
                wait();
            }
        }
        return null;
    }

    /** As many batches as fit into a bound, however large a batch is. */
    static int mostAhead(long batchBytes) {
        return (int) Math.max(FEWEST_AHEAD, Math.min(MOST_AHEAD, BYTES_AHEAD / batchBytes));
    }

    private synchronized void finish(Filling filling) {
        filling.done++;
        if (filling.done == filling.plan.size()) {
            notifyAll();
        }
    }

    private synchronized void fail(Throwable e) {
        if (failure == null) {
            failure = e;
        }
        notifyAll();
    }
}
