// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.signal;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import kernel.lwp.machine.SignalInfo;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Signals that were sent and not taken yet, of a process or of one LWP: {@code sigpend_t} (sigput and sigget of
 * kern_sig.c 1.320).
 *
 * <p>Of an ordinary signal only the last information is kept; real-time signals queue. Changed only with the
 * process locked.
 */
@ProviderType
public final class PendingSignals {
    private long set;
    private List<SignalInfo> infos = List.of();

    /** The signals, bit signo - 1. */
    public long set() {
        return set;
    }

    /** What is known about them, oldest first. */
    public List<SignalInfo> infos() {
        return List.copyOf(infos);
    }

    /** Adds a signal. */
    public void put(SignalInfo info) {
        if (infos.isEmpty()) {
            infos = new ArrayList<>();
        }
        if (info.signo() < Signal.SIGRTMIN && (set & Signal.bit(info.signo())) != 0) {
            infos.removeIf(known -> known.signo() == info.signo());
        }
        infos.add(info);
        set |= Signal.bit(info.signo());
    }

    /** Takes the oldest of a pending signal; it stays pending if there are more. */
    public SignalInfo take(int signo) {
        SignalInfo taken = null;
        boolean more = false;
        for (Iterator<SignalInfo> each = infos.iterator(); each.hasNext();) {
            SignalInfo info = each.next();
            if (info.signo() != signo) {
                continue;
            }
            if (taken == null) {
                taken = info;
                each.remove();
            } else {
                more = true;
            }
        }
        if (!more) {
            set &= ~Signal.bit(signo);
        }
        return taken == null ? SignalInfo.unknown(signo) : taken;
    }

    /** Forgets signals. */
    public void clear(long signals) {
        if ((set & signals) != 0) {
            set &= ~signals;
            infos.removeIf(info -> (signals & Signal.bit(info.signo())) != 0);
        }
    }
}
