// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.system;

import java.util.Objects;
import kernel.vm.map.VmSpace;
import kernel.vm.page.PagePool;
import machine.core.engine.Engine;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Forgets mappings at random: fault injection that a correct kernel does not notice, except in time.
 *
 * <p>Only unwired mappings go, as every pmap may do by itself.
 */
@ProviderType
public final class Amnesia {
    private static final int INITIAL_SIZE = 64;

    private final Engine engine;
    private final long stream;
    private long[] victims = new long[INITIAL_SIZE];
    private int count;

    /** Draws from one random stream of the engine. */
    public Amnesia(Engine engine, long stream) {
        this.engine = Objects.requireNonNull(engine, "engine");
        this.stream = stream;
    }

    /** Drops each unwired mapping of a space with a chance of one in {@code oneIn}; how many went. */
    public int forget(VmSpace space, int oneIn) {
        count = 0;
        space.pmap().forEachMapping((va, page, prot, wired, referenced, modified) -> {
            if (!wired && Long.remainderUnsigned(engine.random(stream), oneIn) == 0) {
                add(va);
            }
        });
        for (int i = 0; i < count; i++) {
            space.pmap().remove(victims[i], victims[i] + PagePool.PAGE_SIZE);
        }
        return count;
    }

    private void add(long va) {
        if (count == victims.length) {
            victims = java.util.Arrays.copyOf(victims, count * 2);
        }
        victims[count++] = va;
    }
}
