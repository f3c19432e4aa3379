// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.lock;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import kernel.sched.task.Task;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Checks in which order tasks take mutexes and reader-writer locks, in the spirit of FreeBSD's witness.
 *
 * <p>Locks of one name are one class. Whoever takes a lock while holding others says that theirs come first; when
 * somebody else takes them the other way round, two tasks could wait for each other for ever, and both places are
 * reported, whether or not that happens in this run. Two locks of one class have no order. An attempt that does not
 * wait is no statement. Costs no virtual time; off unless {@link kernel.sched.sleep.Sleep#watchLocks} turned it on.
 */
@ProviderType
public final class LockOrder {
    /** A lock that a task holds, and where it was taken. */
    private record Held(OwnedLock lock, String place) {
    }

    /** Somebody has taken {@code second} while holding {@code first}. */
    private record Step(String first, String second, String firstPlace, String secondPlace) {
        String text() {
            return second + " taken at " + secondPlace + " while " + first + " was held since " + firstPlace;
        }
    }

    private final Map<Long, ArrayDeque<Held>> held = new TreeMap<>();
    private final Map<String, Map<String, Step>> steps = new TreeMap<>();
    private final Set<String> reported = new HashSet<>();
    private final List<String> violations = new ArrayList<>();

    /** Both places of each pair of classes that was taken in both orders. */
    public List<String> violations() {
        return List.copyOf(violations);
    }

    /** A task is about to take a lock, and may wait for it. */
    void wanted(Task task, OwnedLock lock) {
        ArrayDeque<Held> mine = task == null ? null : held.get(task.serial());
        if (mine == null || mine.isEmpty()) {
            return;
        }
        String place = null;
        for (Held before : mine) {
            if (known(before.lock.name(), lock.name())) {
                continue;
            }
            place = place == null ? place() : place;
            add(new Step(before.lock.name(), lock.name(), before.place, place));
        }
    }

    private boolean known(String first, String second) {
        return first.equals(second) || steps.getOrDefault(first, Map.of()).containsKey(second);
    }

    private void add(Step step) {
        List<Step> back = path(step.second, step.first, new HashSet<>());
        if (back != null && reported.add(step.first + " " + step.second)) {
            StringBuilder text = new StringBuilder("lock order: ").append(step.text());
            back.forEach(other -> text.append(", but ").append(other.text()));
            violations.add(text.toString());
        }
        steps.computeIfAbsent(step.first, name -> new TreeMap<>()).put(step.second, step);
    }

    /** The steps that lead from one class to another, or null. */
    private List<Step> path(String from, String to, Set<String> seen) {
        if (!seen.add(from)) {
            return null;
        }
        for (Step step : steps.getOrDefault(from, Map.of()).values()) {
            List<Step> rest = step.second.equals(to) ? List.of() : path(step.second, to, seen);
            if (rest != null) {
                List<Step> whole = new ArrayList<>(List.of(step));
                whole.addAll(rest);
                return whole;
            }
        }
        return null;
    }

    /** A task has taken a lock. */
    void acquired(Task task, OwnedLock lock) {
        if (task != null) {
            held.computeIfAbsent(task.serial(), serial -> new ArrayDeque<>()).push(new Held(lock, place()));
        }
    }

    /** A task has released a lock. */
    void released(Task task, OwnedLock lock) {
        ArrayDeque<Held> mine = task == null ? null : held.get(task.serial());
        if (mine == null) {
            return;
        }
        for (Held each : mine) {
            if (each.lock == lock) {
                mine.remove(each);
                break;
            }
        }
        if (mine.isEmpty()) {
            held.remove(task.serial());
        }
    }

    /** The code that uses the lock: the first frame that is not the lock's own. */
    private static String place() {
        return StackWalker.getInstance().walk(frames -> frames
                .filter(frame -> !ofLocks(frame.getClassName()))
                .findFirst()
                .map(frame -> frame.getClassName().substring(frame.getClassName().lastIndexOf('.') + 1) + "."
                        + frame.getMethodName() + ":" + frame.getLineNumber())
                .orElse("an unknown place"));
    }

    private static boolean ofLocks(String name) {
        return name.equals(LockOrder.class.getName()) || name.equals(OwnedLock.class.getName())
                || name.equals(Mutex.class.getName()) || name.equals(RwLock.class.getName())
                || name.equals(CondVar.class.getName());
    }
}
