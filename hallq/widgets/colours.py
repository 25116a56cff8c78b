"""The themes' variables for what is said in words, too: lanes, and how time stands."""

from hallq.domain.lanes import Lane, Pressure

LANE_COLOURS: dict[Lane, str] = {Lane.PRIORITY: "$lane-priority", Lane.STANDARD: "$lane-standard"}
LANE_STYLES: dict[Lane | None, str] = {
    Lane.PRIORITY: "bold $lane-priority",
    Lane.STANDARD: "bold $lane-standard",
    None: "bold",
}
TIME_STYLES: dict[Pressure, str] = {
    Pressure.FINE: "$fine",
    Pressure.SOON: "bold $soon",
    Pressure.OVER: "bold $over",
}
