package org.latentmim.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScanCommandTest {

    @TempDir
    private Path folder;

    @Test
    void saysWhatCanBeReadAndWhatToWriteIntoTheRecipe() throws IOException {
        image("a.png", 0);
        image("b.png", 0xffffff);
        image("c.png", 0xffffff);

        CommandLineRun run = CommandLineRun.of("scan", folder.toString());

        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isEqualTo("""
                images     3: 3 can be read, 0 cannot
                format     3  PNG, colour
                width      6 to 6 pixels, median 6
                height     4 to 4 pixels, median 4
                duplicate  1  the same bytes as an image before: c.png

                For the recipe; every image counts the same:

                images:
                  mean: [0.6667, 0.6667, 0.6667]
                  deviation: [0.4714, 0.4714, 0.4714]
                """);
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void failsIfAnImageCannotBeRead() throws IOException {
        image("a.png", 0);
        Files.write(folder.resolve("em\u001b[2Jpty.jpg"), new byte[0]);
        Path json = folder.resolve("scan.json");

        CommandLineRun run = CommandLineRun.of("scan", folder.toString(), "--json", json.toString());

        assertThat(run.out()).startsWith("""
                images     2: 1 can be read, 1 cannot
                unreadable 1  it is empty: em?[2Jpty.jpg
                """);
        assertThat(run.exitCode()).isEqualTo(1);
        JsonNode findings = JsonMapper.builder().build().readTree(json.toFile());
        assertThat(findings.get("readable").asInt()).isEqualTo(1);
        assertThat(findings.at("/problems/0/reason").asText()).isEqualTo("it is empty");
        assertThat(findings.at("/width/median").asInt()).isEqualTo(6);
        assertThat(findings.has("mean")).as("one colour has no deviation").isFalse();
    }

    @Test
    void refusesFoldersWithoutImages() {
        CommandLineRun run = CommandLineRun.of("scan", folder.toString());

        assertThat(run.err()).startsWith("latentmim: there are no images in " + folder);
        assertThat(run.exitCode()).isEqualTo(2);
    }

    private void image(String name, int color) throws IOException {
        BufferedImage image = new BufferedImage(6, 4, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 24; i++) {
            image.setRGB(i % 6, i / 6, color);
        }
        ImageIO.write(image, "png", folder.resolve(name).toFile());
    }
}
