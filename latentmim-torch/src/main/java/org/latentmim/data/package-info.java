/**
 * From files to batches of pixels. An {@link org.latentmim.spi.ImageSet} ({@code folder}, {@code packed}, {@code
 * cifar10-binary}, {@code idx}, {@code segmented}) has the images, {@link org.latentmim.data.ImagePacker} makes one file of a
 * folder or a tar, {@link org.latentmim.data.ImageScan} looks at all of them beforehand, a {@link
 * org.latentmim.data.Selection} picks some of them, and a {@link org.latentmim.data.View} decodes, crops and resizes one.
 * {@link org.latentmim.data.Loader} does it on worker threads, epoch after epoch in random order, some batches ahead of the
 * trainer; {@link org.latentmim.data.OrderedImages} does it once through, in order, for evaluation. Pixels stay bytes until
 * the device: {@link org.latentmim.data.Normalization} says what happens there. Files are strangers: {@code ImageHeader} reads
 * what each says of itself before a decoder may. {@link org.latentmim.data.LabelMapFile} reads the class of every pixel.
 */
package org.latentmim.data;
