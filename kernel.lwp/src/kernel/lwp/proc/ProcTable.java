// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
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
