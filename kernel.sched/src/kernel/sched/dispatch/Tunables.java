// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.dispatch;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import kernel.sched.policy.Scheduler;
import kernel.sched.policy.Tunable;
import kernel.sched.task.Generation;
import kernel.sched.task.Priority;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The numbers of {@code kern.sched.*}: those of the core and those of the active scheduler.
 *
 * <p>What the user sets is kept by name and set again in every scheduler that knows the name. Engine thread only.
 */
@ProviderType
public final class Tunables {
    private static final String KERNEL_PREEMPTION = "kpreempt_pri";
    private static final String USER_PREEMPTION = "upreempt_pri";
    /** A priority nothing has: no kernel preemption, as on the ports that lack it. */
    private static final int NEVER = 1000;

    private final Dispatcher dispatcher;
    private final TreeMap<String, Integer> chosen = new TreeMap<>();
    private int kernelPreemption = NEVER;
    private int userPreemption = Priority.KERNEL;

    Tunables(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    /** All of them, those of the core first. */
    public List<Tunable> list() {
        List<Tunable> all = new ArrayList<>();
        all.add(new Tunable(KERNEL_PREEMPTION, kernelPreemption, 0, NEVER,
                "least priority that preempts in the kernel; " + NEVER + " for none"));
        if (dispatcher.generation() == Generation.V2009) {
            all.add(new Tunable(USER_PREEMPTION, userPreemption, 0, NEVER,
                    "least priority that preempts at once in user mode"));
        }
        dispatcher.port().inform("tunables", scheduler -> all.addAll(scheduler.tunables()));
        return List.copyOf(all);
    }

    /**
     * Sets one.
     *
     * @throws IllegalArgumentException if there is none of that name, or it cannot have that value
     */
    public void set(String name, int value) {
        Tunable tunable = list().stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow(() ->
                new IllegalArgumentException("there is no kern.sched." + name + "; there are "
                        + String.join(", ", list().stream().map(Tunable::name).toList())));
        if (tunable.fixed()) {
            throw new IllegalArgumentException("kern.sched." + name + " cannot be set");
        }
        if (value < tunable.least() || value > tunable.most()) {
            throw new IllegalArgumentException("kern.sched." + name + " is " + value + "; give " + tunable.least()
                    + " to " + tunable.most());
        }
        switch (name) {
            case KERNEL_PREEMPTION -> kernelPreemption = value;
            case USER_PREEMPTION -> userPreemption = value;
            default -> dispatcher.port().tune(name, value);
        }
        chosen.put(name, value);
    }

    /** Sets in a new scheduler what the user has set in those before; what does not go there stays as it is. */
    void apply(Scheduler scheduler) {
        if (chosen.isEmpty()) {
            return;
        }
        List<Tunable> known = scheduler.tunables();
        chosen.forEach((name, value) -> {
            if (known.stream().anyMatch(t -> t.name().equals(name) && value >= t.least() && value <= t.most())) {
                try {
                    scheduler.tune(name, value);
                } catch (IllegalArgumentException refused) {
                    System.getLogger(Tunables.class.getName()).log(System.Logger.Level.DEBUG,
                            "kern.sched.{0} = {1} does not go with the new scheduler: {2}", name, value,
                            refused.getMessage());
                }
            }
        });
    }

    int kernelPreemption() {
        return kernelPreemption;
    }

    int userPreemption() {
        return userPreemption;
    }

    boolean preemptsKernel() {
        return kernelPreemption < NEVER;
    }
}
