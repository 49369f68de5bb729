package org.latentmim.data;

import java.util.Locale;
import java.util.Optional;

/** What a scan found out about one image. */
sealed interface ScannedImage {

    String id();

    /** @param sentence names the image and says why */
    record Unreadable(String id, String sentence) implements ScannedImage {

        /** Returns what the sentence says behind the image. */
        String reason() {
            int place = sentence.indexOf(id);
            return place < 0 ? sentence : sentence.substring(place + id.length()).replaceFirst("^\\W+", "");
        }

        /** Returns the reason without its numbers: the same for all images with this problem. */
        String kind() {
            return reason().replaceAll("\\d+", "");
        }
    }

    /**
     * @param header of its file; none where a set holds pixels
     * @param fingerprint the same for the same bytes
     * @param mean of each channel, from 0 to 255
     * @param deviation of each channel
     */
    record Readable(String id, int height, int width, Optional<ImageHeader> header, long fingerprint, double[] mean,
            double[] deviation) implements ScannedImage {

        String kind() {
            return header.map(Readable::words).orElse("pixels");
        }

        boolean misnamed() {
            String ending = id.substring(id.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
            return header.map(found -> !found.format().endings().contains(ending)).orElse(false);
        }

        private static String words(ImageHeader header) {
            String channels = switch (header.channels()) {
                case 1 -> "grey";
                case 2 -> "grey with transparency";
                case 3 -> "colour";
                default -> header.format() == ImageFormat.JPEG ? "colour for print" : "colour with transparency";
            };
            return header.format() + ", " + channels + (header.bits() > 8 ? ", " + header.bits() + " bits" : "");
        }
    }
}
