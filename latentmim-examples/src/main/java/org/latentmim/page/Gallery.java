package org.latentmim.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latentmim.report.Picture;
import org.latentmim.report.RunRecord;

/** Pictures of runs that belong together; {@code title} may be empty. */
record Gallery(String title, List<Shown> pictures) {

    private static final int SMALL = 200; // pixels: narrower pictures are enlarged without smoothing

    /** A picture and the run that it is of, where there are several. */
    record Shown(Optional<Badge> badge, String source, String title, String caption, String alt, int width, int height,
            boolean small) {}

    static List<Gallery> of(List<RunRecord> runs) {
        Map<String, List<Shown>> groups = new LinkedHashMap<>();
        for (int i = 0; i < runs.size(); i++) {
            Optional<Badge> badge = runs.size() > 1 ? Optional.of(Badge.ofRun(i)) : Optional.empty();
            for (Picture picture : runs.get(i).pictures()) {
                groups.computeIfAbsent(picture.group(), group -> new ArrayList<>()).add(shown(picture, badge));
            }
        }
        return groups.entrySet().stream().map(group -> new Gallery(group.getKey(), group.getValue())).toList();
    }

    private static Shown shown(Picture picture, Optional<Badge> badge) {
        String alt = picture.caption().isEmpty() ? picture.title() : picture.title() + ": " + picture.caption();
        return new Shown(badge, DataUri.ofPng(picture.png()), picture.title(), picture.caption(), alt, picture.width(),
                picture.height(), picture.width() < SMALL);
    }
}
