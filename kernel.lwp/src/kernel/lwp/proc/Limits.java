// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import java.util.EnumMap;
import java.util.Map;
import kernel.lwp.machine.MachineLimits;
import kernel.vm.map.SpaceLimits;
import kernel.vm.syscall.Resource;
import org.osgi.annotation.versioning.ProviderType;

/** Soft and hard resource limits of a process, shared copy by copy with its children. */
@ProviderType
public final class Limits implements SpaceLimits {
    private final Map<Resource, Long> soft;
    private final Map<Resource, Long> hard;

    private Limits(Map<Resource, Long> soft, Map<Resource, Long> hard) {
        this.soft = soft;
        this.hard = hard;
    }

    /** The limits that a machine gives to its first processes. */
    public static Limits of(MachineLimits machine) {
        Limits limits = new Limits(new EnumMap<>(Resource.class), new EnumMap<>(Resource.class));
        limits.set(Resource.DATA, machine.defaultDataBytes(), machine.maxDataBytes());
        limits.set(Resource.STACK, machine.defaultStackBytes(), machine.maxStackBytes());
        return limits;
    }

    /** A copy that changes independently. */
    public Limits copy() {
        return new Limits(new EnumMap<>(soft), new EnumMap<>(hard));
    }

    /** The soft limit, {@link Resource#INFINITY} for none. */
    public long soft(Resource resource) {
        Long limit = soft.get(resource);
        return limit == null ? Resource.INFINITY : limit;
    }

    /** The hard limit, {@link Resource#INFINITY} for none. */
    public long hard(Resource resource) {
        Long limit = hard.get(resource);
        return limit == null ? Resource.INFINITY : limit;
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

    /** Sets both limits. */
    public void set(Resource resource, long softLimit, long hardLimit) {
        soft.put(resource, softLimit);
        hard.put(resource, hardLimit);
    }
}
