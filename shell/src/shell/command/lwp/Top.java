// SPDX-License-Identifier: BSD-2-Clause
package shell.command.lwp;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import kernel.lwp.kernel.Kernel;
import kernel.lwp.proc.Lwp;
import kernel.sched.dispatch.Dispatcher;
import kernel.sched.dispatch.LoadAverage;
import kernel.sched.task.CpuMode;
import kernel.sched.task.Task;
import shell.command.format.Formatter;
import shell.command.format.Table;
import shell.command.format.Worded;

/**
 * What {@code top} shows.
 *
 * @param load load averages over 1, 5 and 15 minutes
 * @param cpus percentages of the ticks since boot, CPU by CPU
 * @param lwps the busiest first
 */
record Top(List<Double> load, List<Modes> cpus, List<Row> lwps) implements Worded {
    private static final double WHOLE = 100;

    /** Shares of the modes of one CPU, in percent. */
    record Modes(int cpu, double user, double nice, double system, double interrupt, double idle) {
        static Modes of(Dispatcher dispatcher, int cpu) {
            double all = 0;
            for (CpuMode mode : CpuMode.values()) {
                all += dispatcher.ticks(cpu, mode);
            }
            double unit = all == 0 ? 0 : WHOLE / all;
            return new Modes(cpu, unit * dispatcher.ticks(cpu, CpuMode.USER), unit * dispatcher.ticks(cpu, CpuMode.NICE),
                    unit * dispatcher.ticks(cpu, CpuMode.SYSTEM), unit * dispatcher.ticks(cpu, CpuMode.INTERRUPT),
                    unit * dispatcher.ticks(cpu, CpuMode.IDLE));
        }
    }

    /** One LWP. */
    record Row(String lwp, String process, String state, int cpu, int priority, int nice, long runNanos,
            double percentCpu) {
        static Row of(Lwp l) {
            return new Row(l.label(), l.proc().name(), States.withReason(l), l.cpu() == null ? 0 : l.cpu().id(),
                    l.effectivePriority(), l.nice() - Task.NICE_NEUTRAL, l.runNanos(),
                    WHOLE * l.percentCpu() / LoadAverage.SCALE);
        }
    }

    static Top of(Kernel kernel, int rows) {
        Dispatcher dispatcher = kernel.dispatcher();
        List<Lwp> all = new ArrayList<>();
        kernel.processes().forEachLwp(all::add);
        Comparator<Lwp> busiest = Comparator.comparingInt(Lwp::percentCpu).reversed();
        return new Top(
                IntStream.range(0, 3).mapToObj(i -> (double) dispatcher.loadAverage().scaled(i) / LoadAverage.SCALE).toList(),
                IntStream.range(0, dispatcher.cpuCount()).mapToObj(cpu -> Modes.of(dispatcher, cpu)).toList(),
                all.stream().sorted(busiest.thenComparing(Lwp::serial)).limit(rows).map(Row::of).toList());
    }

    @Override
    public String text() {
        String first = "load averages: " + String.join(", ",
                load.stream().map(value -> String.format(Locale.ROOT, "%.2f", value)).toList());
        Table modes = new Table("CPU", "USER", "NICE", "SYSTEM", "INTERRUPT", "IDLE");
        IntStream.range(0, 6).forEach(modes::rightAlign);
        cpus.forEach(cpu -> modes.row(Integer.toString(cpu.cpu), percent(cpu.user), percent(cpu.nice), percent(cpu.system),
                percent(cpu.interrupt), percent(cpu.idle)));
        Table tasks = new Table("LWP", "PROCESS", "STATE", "CPU", "PRIORITY", "NICE", "RUN", "SHARE");
        IntStream.range(3, 8).forEach(tasks::rightAlign);
        lwps.forEach(row -> tasks.row(row.lwp, row.process, row.state, Integer.toString(row.cpu),
                Integer.toString(row.priority), Integer.toString(row.nice), Formatter.duration(row.runNanos),
                percent(row.percentCpu)));
        return first + "\n" + modes + "\n" + tasks;
    }

    private static String percent(double value) {
        return String.format(Locale.ROOT, "%.1f%%", value);
    }
}
