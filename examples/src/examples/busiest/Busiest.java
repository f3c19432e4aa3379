// SPDX-License-Identifier: BSD-2-Clause
package examples.busiest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import kernel.lwp.kernel.Kernel;
import kernel.lwp.proc.Lwp;
import kernel.lwp.proc.Proc;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import shell.command.Candidates;
import shell.command.Command;
import shell.command.CurrentKernel;
import shell.command.Invocation;
import shell.command.format.Rows;

/** A shell command: {@code busiest [N]} shows the LWPs that ran longest. */
@Component(service = Command.class)
public final class Busiest extends Command {
    private static final int SHOWN = 5;

    private final CurrentKernel current;

    /** One line; the shell makes a table of it, and JSON if asked to. */
    record Row(String lwp, String process, long runNanos, long migrations) {
        static Row of(Lwp lwp) {
            return new Row(lwp.label(), lwp.proc().name(), lwp.accounting().runNanos(),
                    lwp.accounting().migrations());
        }
    }

    @Activate
    public Busiest(@Reference CurrentKernel current) {
        super("sched", "busiest", "shows the LWPs that ran longest");
        this.current = current;
        takes("[N]", 0, 1, Candidates.NONE);
        example(name() + " 3");
    }

    @Override
    public Object run(Invocation in) {
        int shown = in.has(0) ? count(in.text(0)) : SHOWN;
        return new Rows<>(Row.class, all().stream().sorted(Comparator.comparingLong(Row::runNanos).reversed())
                .limit(shown).toList());
    }

    /** What is read from a kernel is read on its own thread. */
    private List<Row> all() {
        Kernel kernel = current.kernel();
        return kernel.ask(engine -> {
            List<Row> rows = new ArrayList<>();
            for (Proc process : kernel.processes().table().all()) {
                process.forEachLwp(lwp -> rows.add(Row.of(lwp)));
            }
            return rows;
        });
    }

    private static int count(String text) {
        if (!text.matches("[1-9]\\d{0,3}")) {
            throw new IllegalArgumentException(text + " is no number from 1 to 9999; give how many LWPs to show");
        }
        return Integer.parseInt(text);
    }
}
