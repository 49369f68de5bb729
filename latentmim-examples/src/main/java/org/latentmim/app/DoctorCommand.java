package org.latentmim.app;

import static org.bytedeco.pytorch.global.torch.get_num_threads;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.latentmim.bench.MatrixProduct;
import org.latentmim.runtime.Compute;
import org.latentmim.runtime.Natives;
import org.latentmim.runtime.Products;
import org.latentmim.runtime.RuntimeConfig;
import picocli.CommandLine.Command;

/** Looks at what a run stands on. */
@Command(
        name = "doctor",
        description = "Shows Java, native libraries, threads and device, measures a matrix product, and says what to fix.",
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {

    private static final long LITTLE_MEMORY = 4L << 30;

    private final Terminal terminal;

    DoctorCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        RuntimeConfig runtime = RuntimeConfig.of(RuntimeConfig.DeviceChoice.AUTO, RuntimeConfig.Precision.FP32);
        Compute compute = Compute.of(runtime);
        int side = MatrixProduct.side(compute);
        double speed = MatrixProduct.measure(compute).value();
        Environment.machine().forEach((name, value) -> show(name, value.toString()));
        show("device", compute.toString());
        show("products", Products.library() + " for 32-bit floats in networks on the CPU");
        show("threads", get_num_threads() + " of torch (runtime.threads), " + runtime.workersOrDefault()
                + " for images (runtime.workers); torch's spin " + spins() + " before they sleep (GOMP_SPINCOUNT)");
        show("matrices", String.format(Locale.ROOT, "%,.0f GFLOP/s (product of two of %d x %d)", speed, side, side));

        List<String> advice = advice();
        terminal.print("");
        if (advice.isEmpty()) {
            terminal.print("Nothing to fix.");
        } else {
            terminal.title("To fix");
            advice.forEach(line -> terminal.print("- " + line));
        }
        return 0;
    }

    private void show(String name, String value) {
        terminal.print(String.format("%-10s %s", name, value));
    }

    private static String spins() {
        String count = System.getenv("GOMP_SPINCOUNT");
        return count == null ? "without end" : count + " times";
    }

    private static List<String> advice() {
        List<String> advice = new ArrayList<>();
        if (Natives.loadedBlas().equals("OpenBLAS") && System.getProperty("os.arch").equals("amd64")) {
            advice.add("OpenBLAS is in use where MKL would train two to four times as fast: put org.bytedeco:mkl on the class"
                    + " path, and leave the system property org.bytedeco.openblas.load alone.");
        }
        if (System.getenv("GOMP_SPINCOUNT") == null) {
            advice.add("Waiting threads of torch take the cores from those that load images: set GOMP_SPINCOUNT=10000 in the"
                    + " environment, as the launcher does.");
        }
        if (Machine.memory() < LITTLE_MEMORY) {
            advice.add("There is little memory; the quickstart takes about 1 GiB.");
        }
        return advice;
    }
}
