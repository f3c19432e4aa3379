// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import java.util.Arrays;
import kernel.lwp.machine.MachineLimits;
import kernel.vm.file.VmFiles;
import kernel.vm.map.SpaceLimits;
import kernel.vm.syscall.Resource;
import org.osgi.annotation.versioning.ProviderType;

/** Soft and hard resource limits of a process (p_limit); a child has a copy. */
@ProviderType
public final class Limits implements SpaceLimits {
    private final long[] soft;
    private final long[] hard;

    private Limits(long[] soft, long[] hard) {
        this.soft = soft;
        this.hard = hard;
    }

    /** The limits that a machine gives to its first processes. */
    public static Limits of(MachineLimits machine) {
        int count = Resource.values().length;
        Limits limits = new Limits(new long[count], new long[count]);
        Arrays.fill(limits.soft, Resource.INFINITY);
        Arrays.fill(limits.hard, Resource.INFINITY);
        limits.set(Resource.DATA, machine.defaultDataBytes(), machine.maxDataBytes());
        limits.set(Resource.STACK, machine.defaultStackBytes(), machine.maxStackBytes());
        limits.set(Resource.NOFILE, VmFiles.MAX_DESCRIPTORS, VmFiles.MAX_DESCRIPTORS);
        return limits;
    }

    /** A copy that changes independently. */
    public Limits copy() {
        return new Limits(soft.clone(), hard.clone());
    }

    /** The soft limit, {@link Resource#INFINITY} for none. */
    public long soft(Resource resource) {
        return soft[resource.ordinal()];
    }

    /** The hard limit, {@link Resource#INFINITY} for none. */
    public long hard(Resource resource) {
        return hard[resource.ordinal()];
    }

    @Override
    public long stackLimitBytes() {
        return soft(Resource.STACK);
    }

    @Override
    public long spaceLimitBytes() {
        return soft(Resource.VMEM);
    }

    @Override
    public long heapLimitBytes() {
        return hard(Resource.DATA);
    }

    @Override
    public long residentLimitBytes() {
        return soft(Resource.RSS);
    }

    @Override
    public long lockLimitBytes() {
        return soft(Resource.MEMLOCK);
    }

    /** Sets both limits, unchecked. */
    public void set(Resource resource, long softLimit, long hardLimit) {
        soft[resource.ordinal()] = softLimit;
        hard[resource.ordinal()] = hardLimit;
    }
}
