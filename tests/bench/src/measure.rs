//! Processor time. It counts what was done, not how long others kept the machine busy.

use rustix::time::{ClockId, clock_gettime};

use crate::allocations;
use crate::contest::{Contest, Meter, Side, Way};
use crate::instructions;
use crate::report::{Row, Score};

/// How often each side has its turn.
const ROUNDS: usize = 31;
/// How long a turn is about, in nanoseconds.
const TURN: f64 = 20e6;

/// Keeps all threads, those to come included, on one processor where the system lets us. On two, each answer wakes another
/// processor, which costs more than all that is compared, and for one side more than for the other by chance.
pub fn stay_on_one_processor() {
    #[cfg(target_os = "linux")]
    {
        use rustix::thread::{CpuSet, sched_getcpu, sched_setaffinity};
        let mut here = CpuSet::new();
        here.set(sched_getcpu());
        if let Err(error) = sched_setaffinity(None, &here) {
            println!("not kept on one processor ({error}): the times of what is served and called vary");
        }
    }
}

/// Runs all sides in turns, so that whatever disturbs one disturbs the others.
pub fn contest(contest: &Contest) -> Row {
    let mut sides = (contest.sides)();
    let counts: Vec<u64> = sides.iter_mut().map(|side| enough(side, contest.meter)).collect();
    let mut costs = vec![Vec::with_capacity(ROUNDS); sides.len()];
    for round in 0..ROUNDS {
        for turn in 0..sides.len() {
            let at = (round + turn) % sides.len();
            costs[at].push(cost(&mut sides[at], contest.meter, counts[at]));
        }
    }
    let measure = sides.iter().position(|side| side.way == Way::ByHand).expect("every contest has a measure");
    let scores = sides.iter_mut().zip(&costs).map(|(side, own)| Score {
        way: side.way,
        nanoseconds: median(own.clone()),
        ratio: median(own.iter().zip(&costs[measure]).map(|(own, measure)| own / measure).collect()),
        // Elsewhere is another thread, whose allocations are not seen from here.
        allocations: (contest.meter == Meter::Own).then(|| allocations::of(|| (side.run)(10)) as f64 / 10.0),
        // Only these two are compared.
        instructions: (side.way != Way::Rivals).then(|| instructions::of(contest, side.way)).flatten(),
    });
    Row { name: contest.name, scores: scores.collect() }
}

/// How many times fill a turn.
fn enough(side: &mut Side, meter: Meter) -> u64 {
    let mut count = 10;
    loop {
        let total = cost(side, meter, count) * count as f64;
        if total > TURN / 4.0 {
            return (count as f64 * TURN / total).ceil() as u64;
        }
        count *= 2;
    }
}

/// Nanoseconds for one time of `count`.
fn cost(side: &mut Side, meter: Meter, count: u64) -> f64 {
    let before = clock(meter);
    (side.run)(count);
    (clock(meter) - before) as f64 / count as f64
}

fn clock(meter: Meter) -> i128 {
    let (own, all) = (|| read(ClockId::ThreadCPUTime), || read(ClockId::ProcessCPUTime));
    match meter {
        Meter::Own => own(),
        Meter::Others => all() - own(),
        Meter::All => all(),
    }
}

fn read(clock: ClockId) -> i128 {
    let time = clock_gettime(clock);
    i128::from(time.tv_sec) * 1_000_000_000 + i128::from(time.tv_nsec)
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
