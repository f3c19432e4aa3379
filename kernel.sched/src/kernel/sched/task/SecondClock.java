// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.task;

import org.osgi.annotation.versioning.ProviderType;

/** The 1 Hz statistics, as a long sleeper sees them: it counts its seconds only when somebody asks. */
@ProviderType
public interface SecondClock {
    /** How many times the statistics have run. */
    long seconds();

    /** A share of a CPU after so many seconds in which it got nothing. */
    int decayed(int percentCpu, long seconds);

    /** The task is about to leave the state in which it slept; the statistics visit it again. */
    void awakes(Task task);
}
