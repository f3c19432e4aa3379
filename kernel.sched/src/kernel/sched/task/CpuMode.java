// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.task;

/** What a CPU was doing when its statistics clock ticked: the CP_ states of sys/sched.h. */
public enum CpuMode {
    USER("in user mode"),
    NICE("in user mode, for a process that is nicer than usual"),
    SYSTEM("in the kernel, for a task"),
    INTERRUPT("in an interrupt handler"),
    IDLE("idle");

    private final String description;

    CpuMode(String description) {
        this.description = description;
    }

    /** Where the tick found the CPU, for people. */
    public String description() {
        return description;
    }
}
