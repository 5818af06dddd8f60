"""`python -m appliance`, how the supervisor starts its children."""

from appliance.cli import main

if __name__ == "__main__":
    main()
