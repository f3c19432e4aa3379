// SPDX-License-Identifier: BSD-2-Clause
package userland.core.rtapp;

import userland.program.User;

/** Applies what a task or phase says about policy, priority and CPUs to the calling LWP. */
public interface ThreadScheduling {
    /** Applies it; what the kernel refuses or does not have is counted as unsupported. */
    void apply(User user, RtScheduling scheduling);
}
