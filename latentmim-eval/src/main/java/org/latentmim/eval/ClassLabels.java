package org.latentmim.eval;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.spi.ImageSet;

/**
 * The class of every image of a set. Its methods refuse images that do not allow an evaluation.
 *
 * @param evaluator who needs them, for messages
 * @param role which images they are, for messages: {@code train} or {@code test}
 * @param classes their names
 * @param values an index into {@code classes} for each image
 */
record ClassLabels(String evaluator, String role, List<String> classes, long[] values) {

    /**
     * @throws IllegalArgumentException if an image has no label
     */
    static ClassLabels of(String evaluator, String role, ImageSet images) {
        long[] values = new long[images.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = images.label(i);
            if (values[i] == ImageSet.NO_LABEL) {
                throw new IllegalArgumentException(
                        evaluator + " needs a label for every " + role + " image, but " + images.id(i) + " has none");
            }
        }
        return new ClassLabels(evaluator, role, images.classes(), values);
    }

    /**
     * @throws IllegalArgumentException if all images are of one class
     */
    ClassLabels ofSeveralClasses() {
        if (Arrays.stream(values).distinct().limit(2).count() < 2) {
            throw new IllegalArgumentException(evaluator + " needs " + role + " images of at least 2 classes, but "
                    + (values.length == 0 ? "there are none" : "all are '" + classes.get((int) values[0]) + "'"));
        }
        return this;
    }

    /**
     * @throws IllegalArgumentException if the classes are not those of other images
     */
    ClassLabels ofTheClassesOf(ClassLabels other) {
        if (!classes.equals(other.classes)) {
            throw new IllegalArgumentException(evaluator + " needs the same classes in " + role + " and " + other.role
                    + " images, but they are " + classes + " and " + other.classes);
        }
        return this;
    }

    /**
     * @throws IllegalArgumentException if a class has fewer images
     */
    ClassLabels ofAtLeast(int perClass) {
        for (int label = 0; label < classes.size(); label++) {
            int images = members(label).length;
            if (images < perClass) {
                throw new IllegalArgumentException(evaluator + " asks for " + perClass + " " + role + " images of each class, but"
                        + " there " + (images == 1 ? "is 1" : "are " + images) + " of '" + classes.get(label) + "'");
            }
        }
        return this;
    }

    /** Returns how many images each class has. */
    int[] sizes() {
        return IntStream.range(0, classes.size()).map(label -> members(label).length).toArray();
    }

    /** Returns the labels as {@code [n]}, 64-bit integers. */
    Tensor tensor() {
        return AbstractTensor.create(values);
    }

    /** Returns some images of each class, drawn by chance, class after class. */
    int[] some(int perClass, RandomGenerator random) {
        return shuffled(random).stream().flatMapToInt(images -> IntStream.of(images).limit(perClass)).toArray();
    }

    /** Returns the images of each class in an order drawn by chance. */
    List<int[]> shuffled(RandomGenerator random) {
        List<int[]> members = IntStream.range(0, classes.size())
                .mapToObj(this::members)
                .toList();
        for (int[] images : members) {
            for (int i = images.length - 1; i > 0; i--) {
                int j = random.nextInt(i + 1);
                int image = images[i];
                images[i] = images[j];
                images[j] = image;
            }
        }
        return members;
    }

    private int[] members(int label) {
        return IntStream.range(0, values.length).filter(i -> values[i] == label).toArray();
    }
}
