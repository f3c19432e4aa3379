// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.host;

import java.util.ArrayList;
import java.util.List;
import machine.core.slot.VariantHandle;
import machine.core.slot.VariantInfo;
import machine.core.slot.VariantSource;
import org.osgi.framework.ServiceReference;

/**
 * The variants as one kernel sees them, and the instances it has taken.
 *
 * <p>While a bundle stops, the thread that stops it gets and gives back all instances itself ({@link #stock},
 * {@link #emptyBin}): it may hold locks of the framework that the engine thread would wait for.
 */
final class KernelVariants implements VariantSource {
    private final ServiceVariants variants;
    private final List<Taken> taken = new ArrayList<>();
    private final List<VariantHandle> stock = new ArrayList<>();
    private final List<VariantHandle> bin = new ArrayList<>();
    private boolean keepsBin;

    KernelVariants(ServiceVariants variants) {
        this.variants = variants;
    }

    @Override
    public List<String> slots() {
        return variants.slots();
    }

    @Override
    public List<VariantInfo> variants(String slot) {
        return variants.variants(slot);
    }

    @Override
    public VariantHandle acquire(String slot, String variant) {
        VariantHandle handle = fromStock(slot, variant);
        if (handle == null) {
            handle = variants.acquire(slot, variant);
        }
        if (handle == null) {
            return null;
        }
        Taken mine = new Taken((ServiceHandle<?>) handle);
        synchronized (this) {
            taken.add(mine);
        }
        return mine;
    }

    private synchronized VariantHandle fromStock(String slot, String variant) {
        for (VariantHandle handle : stock) {
            if (handle.slot().equals(slot) && handle.variant().equals(variant)) {
                stock.remove(handle);
                return handle;
            }
        }
        return null;
    }

    /** Whether the kernel has an instance of that service. */
    synchronized boolean uses(ServiceReference<?> reference) {
        return taken.stream().anyMatch(t -> t.handle.reference().equals(reference));
    }

    /** The slots whose instance comes from a service that is gone. */
    synchronized List<String> vanished() {
        return taken.stream().filter(t -> t.handle.reference().getBundle() == null).map(Taken::slot).toList();
    }

    /** Gets instances of these variants now, for the kernel to take later; from here on releases go to the bin. */
    void stock(String slot, List<String> names) {
        List<VariantHandle> handles = new ArrayList<>();
        for (String name : names) {
            VariantHandle handle = variants.acquire(slot, name);
            if (handle != null) {
                handles.add(handle);
            }
        }
        synchronized (this) {
            stock.addAll(handles);
            keepsBin = true;
        }
    }

    /** Gives back what was released since {@link #stock}, and what was not taken. */
    void emptyBin() {
        List<VariantHandle> rest;
        synchronized (this) {
            rest = new ArrayList<>(bin);
            rest.addAll(stock);
            bin.clear();
            stock.clear();
            keepsBin = false;
        }
        rest.forEach(VariantHandle::release);
    }

    private synchronized boolean binned(Taken handle) {
        taken.remove(handle);
        if (keepsBin) {
            bin.add(handle.handle);
        }
        return keepsBin;
    }

    /** An instance that this kernel has. */
    private final class Taken implements VariantHandle {
        private final ServiceHandle<?> handle;

        Taken(ServiceHandle<?> handle) {
            this.handle = handle;
        }

        @Override
        public String slot() {
            return handle.slot();
        }

        @Override
        public String variant() {
            return handle.variant();
        }

        @Override
        public Object instance() {
            return handle.instance();
        }

        @Override
        public void release() {
            if (!binned(this)) {
                handle.release();
            }
        }
    }
}
