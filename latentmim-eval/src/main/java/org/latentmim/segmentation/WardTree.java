package org.latentmim.segmentation;

import static org.bytedeco.pytorch.global.torch.cdist;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Clusters points from the bottom up by Ward's criterion: two clusters are merged whose union has the least more variance. Found by
 * chains of nearest neighbours, in O(n^2) time and {@code 8 n^2} bytes. Immutable.
 *
 * @param merges one less than there are points, in order of rising height. Clusters 0 to n - 1 are the points, n + i is made by
 *     merge i
 */
public record WardTree(List<Merge> merges) {

    /** More points have more distances than an array holds. */
    public static final int MOST_POINTS = 46_340;

    /**
     * Two clusters that become one.
     *
     * @param first the smaller number of the two
     * @param height the distance between two points; between clusters of n and m points, the distance of their means times
     *     {@code sqrt(2 n m / (n + m))}
     * @param size points in both
     */
    public record Merge(int first, int second, double height, int size) {}

    public WardTree {
        merges = List.copyOf(merges);
    }

    /**
     * Clusters points.
     *
     * @param points {@code [n, D]} on the CPU, at least 1 and at most {@link #MOST_POINTS}
     */
    public static WardTree of(Tensor points) {
        int count = Math.toIntExact(points.size(0));
        if (count < 1 || count > MOST_POINTS) {
            throw new IllegalArgumentException("from 1 to " + MOST_POINTS + " points are clustered, but there are " + count);
        }
        return new WardTree(numbered(chains(squaredDistances(points, count), count), count));
    }

    /**
     * Returns the cluster of every point where the tree is cut.
     *
     * @param clusters from 1 to n
     * @return numbers from 0 in the order in which clusters first appear
     */
    public int[] cut(int clusters) {
        int points = merges.size() + 1;
        if (clusters < 1 || clusters > points) {
            throw new IllegalArgumentException(points + " points cannot be cut into " + clusters + " clusters");
        }
        int[] within = IntStream.range(0, 2 * points - 1).toArray();
        for (int i = points - clusters - 1; i >= 0; i--) { // from above, so that each cluster already knows its own
            within[merges.get(i).first()] = within[points + i];
            within[merges.get(i).second()] = within[points + i];
        }
        int[] names = new int[within.length];
        Arrays.fill(names, -1);
        int named = 0;
        int[] labels = new int[points];
        for (int i = 0; i < points; i++) {
            if (names[within[i]] < 0) {
                names[within[i]] = named++;
            }
            labels[i] = names[within[i]];
        }
        return labels;
    }

    private static double[] squaredDistances(Tensor points, int count) {
        double[] distances = new double[count * count];
        try (PointerScope scope = new PointerScope()) {
            Tensor doubles = points.to(ScalarType.Double);
            long directly = 2; // and not by way of products, which lose what points have in common
            cdist(doubles, doubles, 2, new LongOptional(directly)).square_().data_ptr_double().get(distances);
        }
        return distances;
    }

    /** Two clusters that are each other's nearest are merged at any time: no other merge brings them nearer to a third. */
    private static Merge[] chains(double[] squared, int points) {
        Merge[] found = new Merge[points - 1];
        int[] sizes = new int[points]; // of the cluster that goes under a point's number; 0 if it has gone into another
        Arrays.fill(sizes, 1);
        int[] chain = new int[points];
        int length = 0;
        for (int i = 0; i < found.length; i++) {
            if (length == 0) {
                chain[length++] = IntStream.range(0, points).filter(point -> sizes[point] > 0).findFirst().orElseThrow();
            }
            int last;
            int nearest;
            while (true) {
                last = chain[length - 1];
                int before = length > 1 ? chain[length - 2] : -1;
                nearest = nearest(squared, sizes, last, before);
                if (nearest == before) {
                    break;
                }
                chain[length++] = nearest;
            }
            length -= 2;
            found[i] = new Merge(last, nearest, Math.sqrt(squared[last * points + nearest]), sizes[last] + sizes[nearest]);
            merge(squared, sizes, last, nearest);
        }
        return found;
    }

    /** At equal distance the one before in the chain, so that the chain ends. */
    private static int nearest(double[] squared, int[] sizes, int from, int before) {
        int nearest = before;
        double least = before < 0 ? Double.POSITIVE_INFINITY : squared[from * sizes.length + before];
        for (int other = 0; other < sizes.length; other++) {
            if (sizes[other] > 0 && other != from && (squared[from * sizes.length + other] < least || nearest < 0)) {
                least = squared[from * sizes.length + other];
                nearest = other;
            }
        }
        return nearest;
    }

    /** Puts one cluster into another, whose distances change as Lance and Williams say. */
    private static void merge(double[] squared, int[] sizes, int gone, int kept) {
        int points = sizes.length;
        double between = squared[gone * points + kept];
        for (int other = 0; other < points; other++) {
            if (sizes[other] > 0 && other != gone && other != kept) {
                double sum = (sizes[gone] + sizes[other]) * squared[gone * points + other]
                        + (sizes[kept] + sizes[other]) * squared[kept * points + other] - sizes[other] * between;
                double distance = sum / (sizes[gone] + sizes[kept] + sizes[other]);
                squared[kept * points + other] = distance;
                squared[other * points + kept] = distance;
            }
        }
        sizes[kept] += sizes[gone];
        sizes[gone] = 0;
    }

    /** Sorts merges of clusters that go under a point's number, and gives each cluster its own. */
    private static List<Merge> numbered(Merge[] found, int points) {
        Merge[] sorted = found.clone();
        Arrays.sort(sorted, Comparator.comparingDouble(Merge::height)); // keeps the order of equals
        int[] within = IntStream.range(0, points).toArray(); // a point towards the one that its cluster goes under
        int[] number = IntStream.range(0, points).toArray();
        int[] sizes = new int[points];
        Arrays.fill(sizes, 1);
        for (int i = 0; i < sorted.length; i++) {
            int first = root(within, sorted[i].first());
            int second = root(within, sorted[i].second());
            within[first] = second;
            sizes[second] += sizes[first];
            sorted[i] = new Merge(Math.min(number[first], number[second]), Math.max(number[first], number[second]),
                    sorted[i].height(), sizes[second]);
            number[second] = points + i;
        }
        return List.of(sorted);
    }

    private static int root(int[] within, int point) {
        int root = point;
        while (within[root] != root) {
            within[root] = within[within[root]];
            root = within[root];
        }
        return root;
    }
}
