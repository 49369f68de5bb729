package org.latentmim.data;

import java.util.List;
import org.latentmim.spi.Component;
import org.latentmim.spi.ImageSet;
import org.latentmim.spi.Plugin;

/** The image sets that come with the framework. */
public final class DataPlugin implements Plugin {

    @Override
    public List<Component<?>> components() {
        return List.of(
                Component.of(ImageSet.class, "folder", FolderImageSet.class, FolderImageSet.Config.class),
                Component.of(ImageSet.class, "cifar10-binary", CifarBinaryImageSet.class, CifarBinaryImageSet.Config.class),
                Component.of(ImageSet.class, "idx", IdxImageSet.class, IdxImageSet.Config.class),
                Component.of(ImageSet.class, "packed", PackedImageSet.class, PackedImageSet.Config.class),
                Component.of(ImageSet.class, "segmented", SegmentedImageSet.class, SegmentedImageSet.Config.class));
    }
}
