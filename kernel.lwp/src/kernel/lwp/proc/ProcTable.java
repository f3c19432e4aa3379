// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.osgi.annotation.versioning.ProviderType;

/** The processes of one kernel by id. */
@ProviderType
public final class ProcTable {
    private final TreeMap<Integer, Proc> byPid = new TreeMap<>();

    ProcTable() {
    }

    /** The process with that id, zombies included, or null. */
    public Proc find(int pid) {
        return byPid.get(pid);
    }

    /** All processes in order of id; a copy. */
    public List<Proc> all() {
        return new ArrayList<>(byPid.values());
    }

    /** Whether there is one, zombies included, of which the condition holds. */
    boolean any(Predicate<Proc> condition) {
        for (Proc p : byPid.values()) {
            if (condition.test(p)) {
                return true;
            }
        }
        return false;
    }

    /** How many there are. */
    public int size() {
        return byPid.size();
    }

    void add(Proc p) {
        byPid.put(p.pid(), p);
    }

    void remove(Proc p) {
        byPid.remove(p.pid());
    }
}
