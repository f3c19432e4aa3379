// SPDX-License-Identifier: BSD-2-Clause
package shell.command.kernel;

import shell.command.Command;
import shell.command.Invocation;
import shell.command.Option;
import shell.command.format.Worded;

/** {@code go}: lets the kernel run in the background, paced by the wall clock. */
public final class GoCommand extends Command {
    private static final String SPEED = "--speed";
    private final Kernels kernels;

    /** What was started. */
    record Going(double speed) implements Worded {
        @Override
        public String text() {
            return "running " + (Double.isInfinite(speed) ? "as fast as it can" : "at " + speed + " of the wall clock")
                    + "; pause stops it";
        }
    }

    public GoCommand(Kernels kernels) {
        super("kernel", "go", "runs in the background, following the wall clock");
        this.kernels = kernels;
        takes("", 0, 0);
        has(Option.of(SPEED, "X", "virtual seconds per second of the wall clock, or max"));
        example("go --speed 0.5");
    }

    @Override
    public Object run(Invocation in) {
        double speed = speed(in.option(SPEED, "1"));
        if (kernels.kernel().thread().running()) {
            throw new IllegalArgumentException("the kernel is running already; pause it first");
        }
        kernels.kernel().go(speed);
        return new Going(speed);
    }

    private static double speed(String text) {
        try {
            double speed = text.equals("max") ? Double.POSITIVE_INFINITY
                    : Double.parseDouble(text.replaceFirst("x$", ""));
            if (speed > 0) {
                return speed;
            }
        } catch (NumberFormatException e) {
            // Told below, like a number that is no speed.
        }
        throw new IllegalArgumentException("'" + text + "' is no speed; write a positive number, or max");
    }
}
